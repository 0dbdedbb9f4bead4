import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { I18nProvider, preferredLanguage, useCatalogue } from "@/lib/i18n";

import { loadCatalogue } from "../catalogue";
import { JoinPage } from "./page";

/** The personal link takes the public one's place in the address: a reload comes back by it. */
function enter(token: string): void {
  history.replaceState(null, "", `${location.pathname}#${token}`);
  location.reload();
}

function Root({ token }: { token: string }) {
  const language = useCatalogue(preferredLanguage(), loadCatalogue);
  if (!language.i18n) return null;
  return (
    <I18nProvider i18n={language.i18n} setLanguage={language.setLanguage}>
      <JoinPage token={token} enter={enter} />
    </I18nProvider>
  );
}

export function mount(root: HTMLElement, token: string): void {
  createRoot(root).render(
    <StrictMode>
      <Root token={token} />
    </StrictMode>,
  );
}
