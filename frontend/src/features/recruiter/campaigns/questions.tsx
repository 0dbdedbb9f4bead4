import { Plus } from "lucide-react";
import { useRef, useState } from "react";

import { useI18n } from "@/features/shared/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/page";
import { toast } from "@/ui/toast";

import { FromBank } from "./bank";
import { type CampaignDraft, moved, newQuestion, type QuestionDraft } from "./draft";
import { QuestionFields } from "./question";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
  mistakes: Record<string, string>;
}

/** The questions in their order: written, added, removed, taken elsewhere. */
export function Questions({ draft, change, mistakes }: Props) {
  const { t } = useI18n();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState("");
  const { questions } = draft;
  const mistake = mistakes["questions"];

  const set = (next: QuestionDraft[]) => change({ questions: next });
  const move = (from: number, to: number) => {
    if (to < 0 || to >= questions.length || to === from) return;
    set(moved(questions, from, to));
    setSaid(t("question.moved", { position: to + 1, total: questions.length }));
  };
  const remove = (index: number) => {
    set(questions.toSpliced(index, 1));
    setSaid(t("question.removed", { position: index + 1 }));
  };
  const isFull = questions.length >= draft.max_questions;
  /** Put a question from the bank at the end, or into the place of the empty one there. */
  const take = (question: QuestionDraft) => {
    const kept = questions.at(-1)?.text.trim() === "" ? questions.slice(0, -1) : questions;
    set([...kept, question]);
    toast(t("bank.added", { position: kept.length + 1 }));
  };
  return (
    <Card title={t("campaign.questions")}>
      <p role="status" className="sr-only">
        {said}
      </p>
      {mistake ? <p className="px-5 pt-4 text-sm font-medium text-bad-ink">{mistake}</p> : null}
      <ol ref={list} className="flex flex-col divide-y divide-line">
        {questions.map((question, index) => (
          <QuestionFields
            key={question.key}
            question={question}
            index={index}
            total={questions.length}
            defaults={draft}
            mistakes={mistakes}
            list={list}
            onChange={(part) => set(questions.with(index, { ...question, ...part }))}
            onMove={(to) => move(index, to)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2 border-t border-line p-4">
        <Button
          icon={<Plus aria-hidden />}
          isDisabled={isFull}
          onPress={() => set([...questions, newQuestion()])}
        >
          {t("question.add")}
        </Button>
        <FromBank isDisabled={isFull} onAdd={take} />
      </div>
    </Card>
  );
}
