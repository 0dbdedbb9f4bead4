import type { Effect } from "@/api/types";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { Notice } from "@/ui/notice";

/** Say, before anything is typed, that some have started and what that means. */
export function VersionNotice({ number, started }: { number: number; started: number }) {
  const { t } = useI18n();
  return (
    <Notice tone="wait">
      {t("version.started", { count: started })} {t("version.notice", { next: number + 1 })}
    </Notice>
  );
}

const NAMES: Record<string, RecruiterKey> = {
  preparation_mode: "field.preparationMode",
  preparation_seconds: "field.preparation",
  answer_seconds: "field.answer",
  max_questions: "field.maxQuestions",
  takes_allowed: "field.takes",
  practice: "switch.practice",
  review_own_take: "switch.review_own_take",
  going_back: "switch.going_back",
  shuffled: "switch.shuffled",
  closing_minute: "switch.closing_minute",
  questions_to_team: "switch.questions_to_team",
  questions: "campaign.questions",
};

interface Props {
  effect: Effect | null;
  isPending: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Ask before a change makes another version: what changes, and for whom. */
export function NewVersionDialog({ effect, isPending, onConfirm, onClose }: Props) {
  const { t } = useI18n();
  const named = (effect?.changes ?? []).flatMap((name) => NAMES[name] ?? []);
  return (
    <Dialog
      title={t("version.title", { version: effect?.version ?? 0 })}
      isOpen={effect !== null}
      onClose={onClose}
      role="alertdialog"
    >
      <p className="text-ink-soft">
        {t("version.stay", { count: effect?.started ?? 0 })} {t("version.others")}
      </p>
      <h3 className="mt-4 text-sm font-semibold">{t("version.changes")}</h3>
      <ul className="mt-1 list-disc ps-5 text-sm text-ink-soft">
        {named.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button variant="primary" onPress={onConfirm} isPending={isPending}>
          {t("version.save")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
