import { type CommonKey, useTypedI18n } from "@/lib/i18n";

/** The kit speaks only the words that both pages share. */
export const useWords = () => useTypedI18n<CommonKey>();
