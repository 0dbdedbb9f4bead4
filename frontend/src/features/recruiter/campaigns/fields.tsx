import { useI18n } from "@/features/shared/i18n";
import { LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";
import { TextField } from "@/ui/field";
import { NumberField } from "@/ui/number-field";
import { Card } from "@/ui/page";
import { Select } from "@/ui/select";

import { type CampaignDraft, dayOf, firstMoment, lastMoment } from "./draft";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
}

const LANGUAGE_OPTIONS = LANGUAGES.map((id) => ({
  id,
  label: NATIVE_NAMES[id],
  className: "native-name",
}));

/** What the candidate reads about the interview. */
export function Presentation({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("campaign.presentation")}>
      <div className="grid gap-5 p-4 md:grid-cols-2 md:p-5">
        <TextField
          label={t("field.title")}
          name="title"
          hint={t("hint.title")}
          isRequired
          maxLength={200}
          value={draft.title}
          onChange={(title) => change({ title })}
        />
        <TextField
          label={t("field.jobTitle")}
          name="job_title"
          maxLength={200}
          value={draft.job_title}
          onChange={(job_title) => change({ job_title })}
        />
        <TextField
          label={t("field.introduction")}
          name="introduction"
          hint={t("hint.introduction")}
          rows={3}
          className="md:col-span-2"
          value={draft.introduction}
          onChange={(introduction) => change({ introduction })}
        />
        <Select
          label={t("field.interviewLanguage")}
          name="language"
          options={LANGUAGE_OPTIONS}
          value={draft.language}
          onChange={(language) => change({ language })}
        />
      </div>
    </Card>
  );
}

/** Times, takes and dates. */
export function Rules({ draft, change }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("campaign.rules")}>
      <div className="grid gap-5 p-4 sm:grid-cols-2 md:p-5 lg:grid-cols-4">
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
        <TextField
          label={t("field.startsAt")}
          name="starts_at"
          type="date"
          hint={t("hint.startsAt")}
          className="lg:col-span-2"
          value={dayOf(draft.starts_at)}
          onChange={(day) => change({ starts_at: firstMoment(day) })}
        />
        <TextField
          label={t("field.endsAt")}
          name="ends_at"
          type="date"
          hint={t("hint.endsAt")}
          className="lg:col-span-2"
          value={dayOf(draft.ends_at)}
          onChange={(day) => change({ ends_at: lastMoment(day) })}
        />
      </div>
    </Card>
  );
}
