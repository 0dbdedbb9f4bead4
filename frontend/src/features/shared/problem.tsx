import { CircleSlash, Compass } from "lucide-react";

import { ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/states";

import { useI18n } from "./i18n";

export function NotFound() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<Compass />}
      title={t("problem.missing.title")}
      isPage
      text={t("problem.missing.text")}
    >
      <ButtonLink to="/">{t("problem.home")}</ButtonLink>
    </EmptyState>
  );
}

export function Forbidden() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<CircleSlash />}
      title={t("problem.forbidden.title")}
      isPage
      text={t("problem.forbidden.text")}
    >
      <ButtonLink to="/">{t("problem.home")}</ButtonLink>
    </EmptyState>
  );
}
