import { Link } from "react-router";

import type { SessionRow } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Avatar, nameOf } from "@/features/shared/person";
import { Badge } from "@/ui/badge";
import { Email } from "@/ui/page";
import { type Column, DataTable } from "@/ui/table";

import { SessionBadge } from "../status";

interface Props {
  rows: SessionRow[];
  withoutCampaign?: boolean;
  ordering?: string;
  onOrder?: (ordering: string) => void;
}

export function SessionTable({ rows, withoutCampaign = false, ordering, onOrder }: Props) {
  const { t } = useI18n();
  const columns = useColumns();
  return (
    <DataTable
      label={t("sessions.title")}
      columns={columns.filter(({ id }) => !(withoutCampaign && id === "campaign"))}
      rows={rows}
      keyOf={(row) => row.id}
      card={(row) => <SessionCard row={row} withoutCampaign={withoutCampaign} />}
      {...(ordering !== undefined && { ordering })}
      {...(onOrder && { onOrder })}
    />
  );
}

function useColumns(): Column<SessionRow>[] {
  const { t } = useI18n();
  const { moment, number } = useFormat();
  const soft = "whitespace-nowrap text-ink-soft tabular-nums";
  return [
    {
      id: "candidate",
      title: t("field.candidate"),
      ordering: "candidate",
      cell: (row) => <Candidate row={row} />,
    },
    {
      id: "campaign",
      title: t("field.campaign"),
      className: "max-w-56 text-ink-soft",
      cell: (row) => <bdi>{row.campaign.title}</bdi>,
    },
    { id: "status", title: t("field.status"), cell: (row) => <Marks row={row} /> },
    {
      id: "answered",
      title: t("field.answers"),
      desktopOnly: true,
      className: soft,
      cell: (row) => `${number(row.answered)}/${number(row.question_count)}`,
    },
    {
      id: "score",
      title: t("field.score"),
      className: "tabular-nums",
      cell: (row) => <Score row={row} />,
    },
    {
      id: "invited",
      title: t("field.invitedAt"),
      ordering: "created_at",
      desktopOnly: true,
      className: soft,
      cell: (row) => moment(row.invited_at),
    },
    {
      id: "completed",
      title: t("field.completedAt"),
      ordering: "completed_at",
      className: soft,
      cell: (row) => (row.completed_at ? moment(row.completed_at) : "–"),
    },
  ];
}

function Candidate({ row }: { row: SessionRow }) {
  const name = nameOf(row.candidate);
  return (
    <div className="flex w-max max-w-full items-center gap-3 md:max-w-56 lg:max-w-64">
      <Avatar name={name} />
      <div className="min-w-0">
        <Link
          to={`/sessions/${row.id}`}
          className="font-semibold wrap-anywhere after:absolute after:inset-0 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <div className="text-[0.8125rem] text-ink-faint">
          <Email>{row.candidate.email}</Email>
        </div>
      </div>
    </div>
  );
}

/** How it stands, and what was odd about it. */
function Marks({ row }: { row: SessionRow }) {
  const { t } = useI18n();
  return (
    <span className="flex flex-wrap gap-1">
      <SessionBadge session={row} />
      {row.late ? <Badge tone="wait">{t("sessions.late")}</Badge> : null}
      {row.trouble ? <Badge tone="bad">{t("sessions.trouble")}</Badge> : null}
    </span>
  );
}

function Answered({ row }: { row: SessionRow }) {
  const { t } = useI18n();
  return <>{t("sessions.answered", { answered: row.answered, total: row.question_count })}</>;
}

function Score({ row }: { row: SessionRow }) {
  const { score } = useFormat();
  return row.score === null ? <>–</> : <strong>{score(row.score)}</strong>;
}

function SessionCard({ row, withoutCampaign }: { row: SessionRow; withoutCampaign: boolean }) {
  const { t } = useI18n();
  const { moment } = useFormat();
  return (
    <div className="flex flex-col gap-2.5">
      <Candidate row={row} />
      {withoutCampaign ? null : (
        <p className="text-sm text-ink-soft">
          <bdi>{row.campaign.title}</bdi>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-soft">
        <Marks row={row} />
        <Answered row={row} />
        {row.score === null ? null : (
          <span>
            {t("field.score")} <Score row={row} />
          </span>
        )}
        <span className="ms-auto">{moment(row.completed_at ?? row.invited_at)}</span>
      </div>
    </div>
  );
}
