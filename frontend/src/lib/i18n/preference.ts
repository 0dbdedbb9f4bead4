import { isLanguage, type Language } from "./i18n";

const KEY = "jobgate.language";

/** Return what was chosen on this device, else what the server or the browser prefers. */
export function preferredLanguage(): Language {
  const chosen = read();
  const wishes = [chosen, document.documentElement.lang, ...navigator.languages];
  return wishes.map((wish) => wish?.slice(0, 2)).find(isLanguage) ?? "fr";
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
