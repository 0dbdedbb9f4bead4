import type { Catalogue, Language } from "@/lib/i18n";

const LOADERS = {
  fr: () =>
    Promise.all([import("@/locales/fr/common.json"), import("@/locales/fr/recruiter.json")]),
  en: () =>
    Promise.all([import("@/locales/en/common.json"), import("@/locales/en/recruiter.json")]),
  ar: () =>
    Promise.all([import("@/locales/ar/common.json"), import("@/locales/ar/recruiter.json")]),
};

/** Load the words of the recruiter's app in one language. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const [common, recruiter] = await LOADERS[language]();
  return { ...common.default, ...recruiter.default };
}
