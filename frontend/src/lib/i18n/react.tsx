import {
  createContext,
  Fragment,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";

import { type Catalogue, createI18n, type I18n, type Language, type Params } from "./i18n";
import { rememberLanguage } from "./preference";

export interface TypedI18n<Key extends string> extends Omit<I18n, "t" | "parts"> {
  t(key: Key, params?: Params): string;
  /** A message with markup in its placeholders. */
  rich(key: Key, nodes: Readonly<Record<string, ReactNode>>, params?: Params): ReactNode;
  setLanguage(language: Language): void;
}

interface Value {
  i18n: I18n;
  setLanguage(language: Language): void;
}

const Context = createContext<Value | null>(null);

/** Load the catalogue of one language; a later choice overtakes an earlier, slower one. */
export function useCatalogue(initial: Language, load: (language: Language) => Promise<Catalogue>) {
  const [value, setValue] = useState<I18n | null>(null);
  const wanted = useRef(initial);

  const setLanguage = useCallback(
    (language: Language) => {
      wanted.current = language;
      void load(language).then((catalogue) => {
        if (wanted.current === language) setValue(createI18n(language, catalogue));
      });
    },
    [load],
  );

  useEffect(() => setLanguage(wanted.current), [setLanguage]);
  return { i18n: value, setLanguage };
}

/** Hold the language of the page: `<html lang dir>` follows it. */
export function I18nProvider(props: Value & { children: ReactNode }) {
  const { i18n, setLanguage, children } = props;
  useEffect(() => {
    document.documentElement.lang = i18n.language;
    document.documentElement.dir = i18n.dir;
  }, [i18n]);

  const value = useMemo(
    () => ({
      i18n,
      setLanguage: (language: Language) => {
        rememberLanguage(language);
        setLanguage(language);
      },
    }),
    [i18n, setLanguage],
  );
  return <Context value={value}>{children}</Context>;
}

/** Return the words and formats of the page, typed by the keys that the caller may use. */
export function useTypedI18n<Key extends string>(): TypedI18n<Key> {
  const value = useContext(Context);
  if (!value) throw new Error("outside I18nProvider");
  return useMemo(() => typed<Key>(value), [value]);
}

function typed<Key extends string>({ i18n, setLanguage }: Value): TypedI18n<Key> {
  const rich: TypedI18n<Key>["rich"] = (key, nodes, params) =>
    i18n
      .parts(key, params)
      // The pieces of one message never move: their place is their identity.
      .map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>{typeof part === "string" ? part : nodes[part.name]}</Fragment>
      ));
  return { ...i18n, rich, setLanguage };
}
