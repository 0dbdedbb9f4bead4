import { type RecruiterKey, useTypedI18n } from "@/lib/i18n";

export type { RecruiterKey };

/** The words of the recruiter's app. */
export const useI18n = () => useTypedI18n<RecruiterKey>();
