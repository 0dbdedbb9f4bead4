import { isLanguage, LANGUAGES, type Language } from "./i18n";

/** The server reads the same cookie, so that a page arrives with its language and direction. */
const COOKIE = "jobgate-language";
const YEAR_SECONDS = 31_536_000;

/** Return what was chosen on this device, else what the server or the browser prefers. */
export function preferredLanguage(): Language {
  const wishes = [chosenLanguage(), document.documentElement.lang, ...navigator.languages];
  return wishes.map((wish) => wish?.slice(0, 2)).find(isLanguage) ?? "fr";
}

export function chosenLanguage(): Language | undefined {
  return LANGUAGES.find((language) => document.cookie.includes(`${COOKIE}=${language}`));
}

export function rememberLanguage(language: Language): void {
  // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store API is not everywhere.
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
