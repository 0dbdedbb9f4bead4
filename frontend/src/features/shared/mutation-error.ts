import { ApiError, sentences } from "@/api/errors";

import { useI18n } from "./i18n";

/** Return the sentence to show for a change that failed. */
export function useErrorText() {
  const { t } = useI18n();
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return t("problem.unexpected.title");
    if (error.isUnreachable) return t("error.unreachable.text");
    return error.detail || t("problem.unexpected.title");
  };
}

/** Return the mistakes at fields, for a form. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof ApiError ? sentences(error.fields) : {};
