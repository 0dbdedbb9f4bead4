import { ArrowRight, CircleCheck } from "lucide-react";
import type { FormEvent } from "react";

import { useEvaluate } from "@/api/responses";
import type { Response } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { Form, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { Card } from "@/ui/page";

import { ScoreField } from "./score";

/** A score and notes, saved or not. */
export interface Judgement {
  score: number | null;
  notes: string;
}

interface Props {
  response: Response;
  sessionId: string;
  unsaved: Judgement | undefined;
  onJudge(judgement: Judgement): void;
  onNext?: () => void;
}

/** The server trims the notes: what it leaves out is no change. */
const same = (a: Judgement, b: Judgement) =>
  a.score === b.score && a.notes.trim() === b.notes.trim();

const savedOf = ({ evaluation }: Response): Judgement => evaluation ?? { score: null, notes: "" };

export const isUnsaved = (response: Response, judgement: Judgement | undefined) =>
  judgement !== undefined && !same(judgement, savedOf(response));

export function EvaluationForm({ response, sessionId, unsaved, onJudge, onNext }: Props) {
  const { t } = useI18n();
  const save = useEvaluate({ id: response.id, sessionId });
  const errorText = useErrorText();
  const judgement = unsaved ?? savedOf(response);
  const { score, notes } = judgement;
  const isChanged = isUnsaved(response, unsaved);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (score !== null) save.mutate({ score, notes });
  };
  return (
    <Card title={t("evaluation.title")}>
      <Form
        onSubmit={submit}
        validationErrors={fieldErrors(save.error)}
        className="flex flex-col gap-4 p-4"
      >
        <ScoreField value={score} onChange={(value) => onJudge({ ...judgement, score: value })} />
        <TextField
          label={t("evaluation.notes")}
          name="notes"
          hint={t("evaluation.notesHint")}
          rows={3}
          value={notes}
          onChange={(value) => onJudge({ ...judgement, notes: value })}
        />
        {save.error ? <Notice tone="bad">{errorText(save.error)}</Notice> : null}
        <SaveState response={response} isChanged={isChanged} />
        <div className="flex gap-2 *:grow">
          <Button
            type="submit"
            variant={isChanged ? "primary" : "secondary"}
            isPending={save.isPending}
            isDisabled={score === null || !isChanged}
          >
            {t("action.save")}
          </Button>
          {onNext ? (
            <Button
              onPress={onNext}
              variant={isChanged || score === null ? "secondary" : "primary"}
            >
              {t("evaluation.next")}
              <ArrowRight aria-hidden className="rtl:-scale-x-100" />
            </Button>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}

function SaveState({ response, isChanged }: { response: Response; isChanged: boolean }) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const { evaluation } = response;
  return (
    <p role="status" className="flex min-h-5 items-center gap-1.5 text-sm">
      {isChanged ? <span className="text-wait-ink">{t("evaluation.unsaved")}</span> : null}
      {!isChanged && evaluation ? (
        <span className="flex items-center gap-1.5 text-good-ink">
          <CircleCheck aria-hidden className="size-4" />
          {t("evaluation.saved", { date: moment(evaluation.updated_at) })}
        </span>
      ) : null}
    </p>
  );
}
