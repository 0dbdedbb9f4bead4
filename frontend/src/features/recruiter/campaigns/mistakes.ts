import { useI18n } from "@/features/shared/i18n";
import { dayIn } from "@/lib/zone";

import type { CampaignDraft } from "./draft";

/** What can be told without asking the server, by the names that the server uses. */
export function useMistakes() {
  const { t } = useI18n();
  return (draft: CampaignDraft): Record<string, string> => {
    const found: Record<string, string> = {};
    if (!draft.title.trim()) found["title"] = t("mistake.title");
    draft.questions.forEach(({ text, answer_by, choices }, index) => {
      if (!text.trim()) found[`questions.${index}.text`] = t("mistake.question");
      if (answer_by === "choice" && choices.filter((choice) => choice.trim()).length < 2) {
        found[`questions.${index}.choices`] = t("mistake.choices");
      }
    });
    if (draft.starts_at && draft.ends_at && draft.ends_at <= draft.starts_at) {
      found["ends_at"] = t("mistake.ends");
    }
    if (draft.reply_by && draft.reply_by < dayIn(draft.time_zone, draft.ends_at)) {
      found["reply_by"] = t("mistake.replyBy");
    }
    return found;
  };
}

/** Let what the server says of one choice stand at the field that holds them all. */
export const atFields = (mistakes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(mistakes).map(([path, text]) => [
      path.replace(/\.choices\.\d+$/, ".choices"),
      text,
    ]),
  );

/** Take the keyboard to the first mistake, once the fields have shown theirs. */
export function focusFirstMistake(form: HTMLFormElement): void {
  setTimeout(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
