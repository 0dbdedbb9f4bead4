/** A small i18n without dependencies: both pages load it, so every byte counts. */
export const LANGUAGES = ["fr", "en", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Direction = "ltr" | "rtl";

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Message = string | Plural;
export type Catalogue = Readonly<Record<string, Message>>;
export type Params = Readonly<Record<string, string | number>>;

/** Regions decide the digits and month names: the Maghreb writes Arabic with Latin digits. */
export const LOCALES: Record<Language, string> = { fr: "fr-FR", en: "en-GB", ar: "ar-MA" };
/** Each language by its own name: the same in every catalogue, so kept out of them. */
export const NATIVE_NAMES: Record<Language, string> = {
  fr: "Français",
  en: "English",
  ar: "العربية",
};

export interface I18n {
  readonly language: Language;
  readonly locale: string;
  readonly dir: Direction;
  t(key: string, params?: Params): string;
  /** Cut a message at its placeholders: strings and {name} objects, for text with markup in it. */
  parts(key: string, params?: Params): (string | { name: string })[];
  number(value: number, options?: Intl.NumberFormatOptions): string;
  date(value: string | Date, options?: Intl.DateTimeFormatOptions): string;
  list(values: Iterable<string>): string;
}

export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.includes(value as Language);

export const directionOf = (language: Language): Direction => (language === "ar" ? "rtl" : "ltr");

/** Isolate a foreign word, so that a Latin name does not turn an Arabic sentence around. */
export const isolate = (text: string) => `\u2068${text}\u2069`;

export function createI18n(language: Language, catalogue: Catalogue): I18n {
  const locale = LOCALES[language];
  const dir = directionOf(language);
  const plurals = new Intl.PluralRules(locale);

  const number: I18n["number"] = (value, options) =>
    new Intl.NumberFormat(locale, options).format(value);

  const pattern = (key: string, params: Params): string => {
    const message = catalogue[key];
    if (message === undefined) throw new Error(`no message ${key} in ${language}`);
    if (typeof message === "string") return message;
    return message[plurals.select(Number(params["count"]))] ?? message.other;
  };

  const filled = (name: string, params: Params): string | undefined => {
    const value = params[name];
    if (typeof value === "number") return number(value);
    return value !== undefined && dir === "rtl" ? isolate(value) : value;
  };

  const parts: I18n["parts"] = (key, params = {}) =>
    pattern(key, params)
      .split(/\{(\w+)\}/)
      .map((piece, index) => (index % 2 ? (filled(piece, params) ?? { name: piece }) : piece));

  return {
    language,
    locale,
    dir,
    parts,
    number,
    t: (key, params) =>
      parts(key, params)
        .map((part) => (typeof part === "string" ? part : `{${part.name}}`))
        .join(""),
    date: (value, options = { dateStyle: "medium" }) =>
      new Intl.DateTimeFormat(locale, options).format(new Date(value)),
    list: (values) => new Intl.ListFormat(locale).format(values),
  };
}
