import type { Catalogue, Language } from "@/lib/i18n";

const LOADERS = {
  fr: () =>
    Promise.all([import("@/locales/fr/common.json"), import("@/locales/fr/candidate.json")]),
  en: () =>
    Promise.all([import("@/locales/en/common.json"), import("@/locales/en/candidate.json")]),
  ar: () =>
    Promise.all([import("@/locales/ar/common.json"), import("@/locales/ar/candidate.json")]),
};

/** Load the words of the candidate's page in one language. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const [common, candidate] = await LOADERS[language]();
  return { ...common.default, ...candidate.default };
}
