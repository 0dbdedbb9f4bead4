import type { Campaign, Question, Statistics } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Badge } from "@/ui/badge";
import { Card } from "@/ui/page";
import { type Column, DataTable } from "@/ui/table";

interface Props {
  campaign: Campaign;
  statistics: Statistics | undefined;
}

type Figures = Statistics["questions"][number];

/** The questions of the campaign, and how they were answered. */
export function QuestionStatistics({ campaign, statistics }: Props) {
  const { t } = useI18n();
  const { duration, number } = useFormat();
  const figures = new Map(statistics?.questions.map((one) => [one.question_id, one]));
  const limit = ({ preparation_seconds, answer_seconds }: Question) =>
    t("question.limits", {
      preparation: duration(preparation_seconds ?? campaign.preparation_seconds),
      answer: duration(answer_seconds ?? campaign.answer_seconds),
    });
  const average = (one: Figures | undefined) =>
    one?.average_answer_seconds == null ? "–" : duration(one.average_answer_seconds);

  const columns: Column<Question>[] = [
    { id: "text", title: t("field.question"), cell: (row) => <Text question={row} /> },
    { id: "limit", title: t("field.times"), className: "text-ink-soft", cell: limit },
    {
      id: "answers",
      title: t("field.answers"),
      className: "tabular-nums",
      cell: ({ id }) => number(figures.get(id)?.answered ?? 0),
    },
    {
      id: "average",
      title: t("field.averageTime"),
      className: "whitespace-nowrap tabular-nums",
      cell: ({ id }) => average(figures.get(id)),
    },
  ];
  return (
    <Card title={t("campaign.questions")}>
      <DataTable
        label={t("campaign.questions")}
        columns={columns}
        rows={campaign.questions}
        keyOf={(row) => row.id}
        card={(row) => (
          <div className="flex flex-col gap-1.5">
            <Text question={row} />
            <p className="text-sm text-ink-soft">{limit(row)}</p>
            <p className="text-sm text-ink-soft">
              {t("question.answered", { count: figures.get(row.id)?.answered ?? 0 })}
            </p>
          </div>
        )}
      />
    </Card>
  );
}

function Text({ question }: { question: Question }) {
  const { t, number } = useI18n();
  return (
    <div className="flex max-w-xl min-w-48 gap-3">
      <span aria-hidden className="font-semibold text-ink-faint tabular-nums">
        {number(question.position)}
      </span>
      <p className="wrap-anywhere">
        <bdi>{question.text}</bdi>{" "}
        {question.mandatory ? null : <Badge>{t("question.optional")}</Badge>}
      </p>
    </div>
  );
}
