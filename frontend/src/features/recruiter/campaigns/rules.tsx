import { useI18n } from "@/features/shared/i18n";
import { Checkbox } from "@/ui/checkbox";
import { NumberField } from "@/ui/number-field";
import { Card } from "@/ui/page";
import { Select } from "@/ui/select";

import type { CampaignDraft } from "./draft";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
}

/** What holds for every candidate alike: times, takes and switches. */
export function Rules({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("campaign.rules")}>
      <div className="flex flex-col gap-6 p-4 md:p-5">
        <Numbers draft={draft} change={change} />
        <Switches draft={draft} change={change} />
      </div>
    </Card>
  );
}

const MODES = ["hard", "soft", "none"] as const;

function Numbers({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-4">
      <div className="flex flex-col gap-1.5 sm:col-span-2">
        <Select
          label={t("field.preparationMode")}
          name="preparation_mode"
          options={MODES.map((id) => ({ id, label: t(`preparationMode.${id}`) }))}
          value={draft.preparation_mode}
          onChange={(preparation_mode) => change({ preparation_mode })}
        />
        <p className="text-sm text-ink-faint">{t(`preparationHint.${draft.preparation_mode}`)}</p>
      </div>
      {draft.preparation_mode === "none" ? null : (
        <NumberField
          label={t("field.preparation")}
          name="preparation_seconds"
          hint={t("hint.seconds")}
          minValue={0}
          maxValue={3600}
          step={5}
          value={draft.preparation_seconds}
          onChange={(value) => value !== null && change({ preparation_seconds: value })}
        />
      )}
      <NumberField
        label={t("field.answer")}
        name="answer_seconds"
        hint={t("hint.seconds")}
        minValue={10}
        maxValue={3600}
        step={10}
        value={draft.answer_seconds}
        onChange={(value) => value !== null && change({ answer_seconds: value })}
      />
      <NumberField
        label={t("field.takes")}
        name="takes_allowed"
        hint={t("hint.takes")}
        minValue={1}
        maxValue={10}
        value={draft.takes_allowed}
        onChange={(value) => value !== null && change({ takes_allowed: value })}
      />
      <NumberField
        label={t("field.maxQuestions")}
        name="max_questions"
        minValue={Math.max(1, draft.questions.length)}
        maxValue={50}
        value={draft.max_questions}
        onChange={(value) => value !== null && change({ max_questions: value })}
      />
    </div>
  );
}

const SWITCHES = [
  "practice",
  "review_own_take",
  "going_back",
  "shuffled",
  "closing_minute",
  "questions_to_team",
] as const;

function Switches({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <div
      role="group"
      aria-label={t("campaign.switches")}
      className="grid gap-x-5 gap-y-3 border-t border-line pt-5 md:grid-cols-2"
    >
      {SWITCHES.map((name) => (
        <Checkbox
          key={name}
          isSelected={draft[name]}
          onChange={(selected) => change({ [name]: selected })}
        >
          <span className="flex flex-col">
            <span className="font-medium">{t(`switch.${name}`)}</span>
            <span className="text-ink-faint">{t(`switchHint.${name}`)}</span>
          </span>
        </Checkbox>
      ))}
    </div>
  );
}
