import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import {
  type CandidateKey,
  I18nProvider,
  preferredLanguage,
  useCatalogue,
  useTypedI18n,
} from "@/lib/i18n";
import "@/ui/tokens.css";

import { loadCatalogue } from "./catalogue";

function Page() {
  const { t } = useTypedI18n<CandidateKey>();
  return <main className="p-8">{t("candidate.placeholder")}</main>;
}

function Root() {
  const language = useCatalogue(preferredLanguage(), loadCatalogue);
  if (!language.i18n) return null;
  return (
    <I18nProvider i18n={language.i18n} setLanguage={language.setLanguage}>
      <Page />
    </I18nProvider>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
