import type { Campaign, Statistics } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { BarChart } from "@/ui/bars";

interface Props {
  statistics: Statistics;
}

type Question = Statistics["questions"][number];

/** Who read each question, and at which one candidates left for good. */
export function DropOffChart({ statistics: { questions } }: Props) {
  const { t } = useI18n();
  const { number } = useFormat();
  const label = useLabel();
  return (
    <BarChart
      title={t("statistics.dropOff")}
      hint={t("statistics.dropOffHint")}
      bars={questions.map((one) => ({
        id: one.question_id,
        label: label(one),
        value: one.opened,
        part: Math.min(one.left, one.opened),
        text: t("statistics.leftOf", { left: number(one.left), opened: number(one.opened) }),
      }))}
      table={{
        head: [
          t("field.question"),
          t("statistics.read"),
          t("statistics.answered"),
          t("statistics.skipped"),
          t("statistics.leftHere"),
        ],
        rows: questions.map((one) => [
          label(one),
          ...[one.opened, one.answered, one.skipped, one.left].map((value) => number(value)),
        ]),
      }}
    />
  );
}

/** How long answers are, of the time that there is. */
export function TimesChart({ statistics, campaign }: Props & { campaign: Campaign }) {
  const { t } = useI18n();
  const { duration } = useFormat();
  const label = useLabel();
  const limits = new Map(campaign.questions.map((one) => [one.id, one.answer_seconds]));
  const limit = ({ question_id }: Question) => limits.get(question_id) ?? campaign.answer_seconds;
  const mean = (one: Question) =>
    one.average_answer_seconds === null ? "–" : duration(one.average_answer_seconds);
  const recorded = statistics.questions.filter((one) => ["video", "audio"].includes(one.answer_by));
  return (
    <BarChart
      title={t("statistics.times")}
      bars={recorded.map((one) => ({
        id: one.question_id,
        label: label(one),
        value: one.average_answer_seconds ?? 0,
        text: mean(one),
      }))}
      whole={Math.max(0, ...recorded.map(limit))}
      table={{
        head: [t("field.question"), t("field.averageTime"), t("statistics.limit")],
        rows: recorded.map((one) => [label(one), mean(one), duration(limit(one))]),
      }}
    />
  );
}

/** How many attempts an answer takes. */
export function TakesChart({ statistics: { questions } }: Props) {
  const { t } = useI18n();
  const { number } = useFormat();
  const label = useLabel();
  const mean = ({ takes_per_answer }: Question) =>
    takes_per_answer === null ? "–" : number(takes_per_answer);
  return (
    <BarChart
      title={t("statistics.takesByQuestion")}
      hint={t("statistics.takesHint")}
      bars={questions.map((one) => ({
        id: one.question_id,
        label: label(one),
        value: one.takes_per_answer ?? 0,
        text: mean(one),
      }))}
      table={{
        head: [t("field.question"), t("statistics.takes"), t("statistics.attempts")],
        rows: questions.map((one) => [label(one), mean(one), number(one.takes)]),
      }}
    />
  );
}

function useLabel() {
  const { t } = useI18n();
  return ({ position, text }: Question) => t("review.numbered", { position, text });
}
