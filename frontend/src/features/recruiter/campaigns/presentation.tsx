import { useI18n } from "@/features/shared/i18n";
import { LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";
import { TextField } from "@/ui/field";
import { Card } from "@/ui/page";
import { Select } from "@/ui/select";

import type { CampaignDraft } from "./draft";
import { PromptField } from "./prompt";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
  mistakes: Record<string, string>;
}

const LANGUAGE_OPTIONS = LANGUAGES.map((id) => ({
  id,
  label: NATIVE_NAMES[id],
  className: "native-name",
}));

/** What the candidate reads about the interview. */
export function Presentation({ draft, change, mistakes }: Props) {
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
          label={t("field.company")}
          name="company"
          hint={t("hint.company")}
          maxLength={200}
          value={draft.company}
          onChange={(company) => change({ company })}
        />
        <TextField
          label={t("field.department")}
          name="department"
          maxLength={200}
          value={draft.department}
          onChange={(department) => change({ department })}
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
        <div className="md:col-span-2">
          <PromptField
            label={t("prompt.ofIntroduction")}
            value={draft.introduction_prompt}
            language={draft.language}
            mistake={mistakes["introduction_prompt"]}
            onChange={(introduction_prompt) => change({ introduction_prompt })}
          />
        </div>
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
