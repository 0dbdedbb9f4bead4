import { type ReactNode, useEffect } from "react";

import { isLanguage, LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";

import { useController, useFlow, useWords } from "../context";
import { Connection } from "./connection";

/** What stands around every step: whose interview it is, and the language. */
export function Frame({ wide, children }: { wide: boolean; children: ReactNode }) {
  const { t } = useWords();
  const { interview } = useFlow();
  const company = interview?.organization.name ?? t("app.name");
  const color = interview?.organization.brand_color;

  useEffect(() => {
    if (color) document.documentElement.style.setProperty("--brand", color);
  }, [color]);

  const width = wide ? "max-w-6xl" : "max-w-2xl";
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <div className={`mx-auto flex items-center gap-3 px-4 py-3 md:px-6 short:py-1 ${width}`}>
          <span
            aria-hidden="true"
            className="grid size-8 shrink-0 place-items-center rounded-md bg-accent font-semibold text-on-accent"
          >
            {company.charAt(0)}
          </span>
          <span className="min-w-0 flex-1 truncate font-semibold">
            <bdi>{company}</bdi>
          </span>
          <LanguageChoice />
        </div>
      </header>
      <Connection />
      <main className={`mx-auto w-full flex-1 px-4 py-8 md:px-6 md:py-12 short:py-3 ${width}`}>
        {children}
      </main>
    </div>
  );
}

function LanguageChoice() {
  const { t, language, setLanguage } = useWords();
  const controller = useController();
  function choose(value: string) {
    if (!isLanguage(value)) return;
    setLanguage(value);
    void controller.chooseLanguage(value);
  }
  return (
    <select
      aria-label={t("header.language")}
      value={language}
      onChange={(event) => choose(event.target.value)}
      className="native-name min-h-11 rounded-md border border-line-strong/60 bg-surface px-3 text-sm text-ink"
    >
      {LANGUAGES.map((code) => (
        <option key={code} value={code} lang={code}>
          {NATIVE_NAMES[code]}
        </option>
      ))}
    </select>
  );
}
