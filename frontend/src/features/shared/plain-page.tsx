import { type ReactNode, useEffect } from "react";

import { CARD } from "@/ui/styles";

import { useI18n } from "./i18n";
import { LanguageMenu, ThemeMenu } from "./preferences";

/** A page of its own, outside the shell: signing in, or nothing to work on. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useI18n();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 md:px-8">
        <span className="flex items-center gap-2.5 font-semibold tracking-wide" dir="ltr">
          <img src="/favicon.svg" alt="" className="size-8" />
          {t("app.name")}
        </span>
        <div className="flex items-center">
          <ThemeMenu />
          <LanguageMenu />
        </div>
      </header>
      <main className="flex grow items-center justify-center px-4 pt-4 pb-24">
        <div className={`${CARD} w-full max-w-md p-6 md:p-8`}>
          <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
