import { ArrowDown, ArrowUp, GripVertical, Trash2 } from "lucide-react";
import { type RefObject, useId } from "react";

import { useI18n } from "@/features/shared/i18n";
import { IconButton } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { TextField } from "@/ui/field";
import { NumberField } from "@/ui/number-field";
import { Select } from "@/ui/select";

import { KeepInBank } from "./bank";
import type { CampaignDraft, QuestionDraft } from "./draft";
import { PromptField } from "./prompt";
import { useDragOrder } from "./use-drag-order";

interface Props {
  question: QuestionDraft;
  index: number;
  total: number;
  defaults: CampaignDraft;
  mistakes: Record<string, string>;
  list: RefObject<HTMLOListElement | null>;
  onChange(part: Partial<QuestionDraft>): void;
  onMove(to: number): void;
  onRemove(): void;
}

export function QuestionFields(props: Props) {
  const { question, index, total, list, onChange, onMove } = props;
  const { t } = useI18n();
  const title = useId();
  const { handlers, isDragged } = useDragOrder(list, index, onMove);
  return (
    <li
      aria-labelledby={title}
      className={`flex gap-1 p-4 ps-1 md:gap-2 md:p-5 md:ps-2 ${isDragged ? "relative z-10 bg-sunken" : ""}`}
    >
      <button
        type="button"
        {...handlers}
        aria-label={t("question.drag", { position: index + 1 })}
        className="flex h-10 w-8 shrink-0 cursor-grab touch-none items-center justify-center rounded-md text-ink-faint hover:bg-sunken active:cursor-grabbing max-md:h-11"
      >
        <GripVertical aria-hidden className="size-4.5" />
      </button>
      <div className="flex min-w-0 grow flex-col gap-4">
        <div className="flex items-center justify-between gap-2">
          <h3 id={title} className="text-sm font-semibold">
            {t("question.title", { position: index + 1 })}
          </h3>
          <Tools {...props} isFirst={index === 0} isLast={index === total - 1} />
        </div>
        <TextField
          label={t("question.text")}
          hideLabel
          name={`questions.${index}.text`}
          placeholder={t("question.placeholder")}
          rows={2}
          value={question.text}
          onChange={(text) => onChange({ text })}
        />
        <PromptField
          label={t("prompt.ofQuestion", { position: index + 1 })}
          value={question.prompt}
          language={props.defaults.language}
          mistake={props.mistakes[`questions.${index}.prompt`]}
          onChange={(prompt) => onChange({ prompt })}
        />
        <HowAnswered {...props} />
        <Limits {...props} />
      </div>
    </li>
  );
}

function Tools(props: Props & { isFirst: boolean; isLast: boolean }) {
  const { question, index, total, isFirst, isLast, onMove, onRemove } = props;
  const { t } = useI18n();
  const position = index + 1;
  return (
    <div className="flex shrink-0">
      <KeepInBank question={question} position={position} />
      <IconButton
        label={t("question.up", { position })}
        icon={<ArrowUp />}
        isDisabled={isFirst}
        onPress={() => onMove(index - 1)}
      />
      <IconButton
        label={t("question.down", { position })}
        icon={<ArrowDown />}
        isDisabled={isLast}
        onPress={() => onMove(index + 1)}
      />
      <IconButton
        label={t("question.remove", { position })}
        icon={<Trash2 />}
        isDisabled={total === 1}
        onPress={onRemove}
      />
    </div>
  );
}

const KINDS = ["video", "audio", "text", "choice", "file"] as const;

/** Video, sound, text, a choice or a file. */
function HowAnswered({ question, index, onChange }: Props) {
  const { t } = useI18n();
  const isChoice = question.answer_by === "choice";
  const answerBy = (answer_by: QuestionDraft["answer_by"]) =>
    onChange({ answer_by, ...(answer_by !== "choice" && { choices: [] }) });
  return (
    <>
      <Select
        label={t("field.answerBy")}
        name={`questions.${index}.answer_by`}
        options={KINDS.map((id) => ({ id, label: t(`answerBy.${id}`) }))}
        value={question.answer_by}
        onChange={answerBy}
        className="w-60 max-sm:w-full"
      />
      {isChoice ? (
        <TextField
          label={t("field.choices")}
          name={`questions.${index}.choices`}
          hint={t("hint.choices")}
          rows={3}
          value={question.choices.join("\n")}
          onChange={(text) => onChange({ choices: text.split("\n") })}
        />
      ) : null}
    </>
  );
}

/** Empty means: as the campaign says. */
function Limits({ question, index, defaults, onChange }: Props) {
  const { t } = useI18n();
  return (
    <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
      {defaults.preparation_mode === "none" ? null : (
        <NumberField
          label={t("field.preparation")}
          name={`questions.${index}.preparation_seconds`}
          minValue={0}
          maxValue={3600}
          step={5}
          placeholder={String(defaults.preparation_seconds)}
          value={question.preparation_seconds}
          onChange={(value) => onChange({ preparation_seconds: value })}
          className="w-44 max-sm:w-full"
        />
      )}
      <NumberField
        label={t("field.answer")}
        name={`questions.${index}.answer_seconds`}
        minValue={10}
        maxValue={3600}
        step={10}
        placeholder={String(defaults.answer_seconds)}
        value={question.answer_seconds}
        onChange={(value) => onChange({ answer_seconds: value })}
        className="w-44 max-sm:w-full"
      />
      <Checkbox isSelected={question.mandatory} onChange={(mandatory) => onChange({ mandatory })}>
        {t("question.mandatory")}
      </Checkbox>
    </div>
  );
}
