import { useI18n } from "@/features/shared/i18n";

import type { CampaignDraft } from "./draft";

/** What can be told without asking the server, by the names that the server uses. */
export function useMistakes() {
  const { t } = useI18n();
  return (draft: CampaignDraft): Record<string, string> => {
    const found: Record<string, string> = {};
    if (!draft.title.trim()) found["title"] = t("mistake.title");
    draft.questions.forEach(({ text }, index) => {
      if (!text.trim()) found[`questions.${index}.text`] = t("mistake.question");
    });
    if (draft.starts_at && draft.ends_at && draft.ends_at <= draft.starts_at) {
      found["ends_at"] = t("mistake.ends");
    }
    return found;
  };
}

/** Take the keyboard to the first mistake, once the fields have shown theirs. */
export function focusFirstMistake(form: HTMLFormElement): void {
  setTimeout(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
