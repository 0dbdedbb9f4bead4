import { Megaphone, Plus } from "lucide-react";
import { Link } from "react-router";

import { useCampaigns } from "@/api/campaigns";
import type { CampaignRow } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { given, useListParams } from "@/features/shared/list-params";
import { useMember } from "@/features/shared/member";
import { ButtonLink } from "@/ui/button";
import { SearchField } from "@/ui/search";
import { Select } from "@/ui/select";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table";

import { ListPage } from "../list-page";
import { Progress } from "../progress";
import { CAMPAIGN_STATUSES, CampaignBadge } from "../status";

const NEWEST_FIRST = "-created_at";

export function Component() {
  const { t } = useI18n();
  const { canManage } = useMember();
  const params = useListParams();
  const ordering = params.get("ordering", NEWEST_FIRST);
  const query = useCampaigns(
    given({
      status: params.get("status"),
      search: params.get("search"),
      cursor: params.get("cursor"),
      ordering,
    }),
  );
  return (
    <ListPage
      title={t("campaigns.title")}
      subtitle={t("campaigns.subtitle")}
      actions={canManage ? <NewButton /> : null}
      filters={<Filters />}
      query={query}
      empty={<Empty />}
    >
      {(rows) => (
        <Table rows={rows} ordering={ordering} onOrder={(order) => params.set("ordering", order)} />
      )}
    </ListPage>
  );
}

function NewButton() {
  const { t } = useI18n();
  return (
    <ButtonLink to="/campaigns/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("campaigns.new")}
    </ButtonLink>
  );
}

function Filters() {
  const { t } = useI18n();
  const { get, set } = useListParams();
  const options = [
    { id: "", label: t("filter.allStatuses") },
    ...CAMPAIGN_STATUSES.map((id) => ({ id, label: t(`campaignStatus.${id}`) })),
  ];
  return (
    <div className="flex flex-wrap gap-3 border-b border-line p-3">
      <SearchField
        label={t("campaigns.search")}
        value={get("search")}
        onSearch={(text) => set("search", text)}
        className="min-w-44 grow md:max-w-xs"
      />
      <Select
        label={t("filter.status")}
        hideLabel
        options={options}
        value={get("status")}
        onChange={(status) => set("status", status)}
        className="w-44 max-sm:w-full md:ms-auto"
      />
    </div>
  );
}

function Empty() {
  const { t } = useI18n();
  const { canManage } = useMember();
  return (
    <EmptyState
      icon={<Megaphone />}
      title={t("campaigns.empty.title")}
      text={t("campaigns.empty.text")}
    >
      {canManage ? <NewButton /> : null}
    </EmptyState>
  );
}

interface TableProps {
  rows: CampaignRow[];
  ordering: string;
  onOrder(ordering: string): void;
}

function Table({ rows, ordering, onOrder }: TableProps) {
  const { t } = useI18n();
  const { day } = useFormat();
  const columns: Column<CampaignRow>[] = [
    {
      id: "title",
      title: t("field.campaign"),
      ordering: "title",
      cell: (row) => <Title row={row} />,
    },
    {
      id: "status",
      title: t("field.status"),
      cell: (row) => <CampaignBadge status={row.status} />,
    },
    { id: "progress", title: t("field.progress"), cell: (row) => <Progress counts={row.counts} /> },
    { id: "review", title: t("field.toReview"), cell: (row) => <ToReview row={row} /> },
    {
      id: "ends",
      title: t("field.endsAt"),
      ordering: "ends_at",
      className: "whitespace-nowrap text-ink-soft",
      cell: (row) => day(row.ends_at),
    },
    {
      id: "created",
      title: t("field.createdAt"),
      ordering: "created_at",
      desktopOnly: true,
      className: "whitespace-nowrap text-ink-soft",
      cell: (row) => day(row.created_at),
    },
  ];
  return (
    <DataTable
      label={t("campaigns.title")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      card={(row) => <CampaignCard row={row} />}
      ordering={ordering}
      onOrder={onOrder}
    />
  );
}

function Title({ row }: { row: CampaignRow }) {
  const { t } = useI18n();
  return (
    <div className="max-w-sm min-w-40">
      <Link
        to={`/campaigns/${row.id}`}
        className="font-semibold wrap-anywhere after:absolute after:inset-0 hover:underline"
      >
        <bdi>{row.title}</bdi>
      </Link>
      <div className="text-[0.8125rem] text-ink-faint">
        {t("campaigns.questionCount", { count: row.question_count })}
      </div>
    </div>
  );
}

function ToReview({ row }: { row: CampaignRow }) {
  const { number } = useFormat();
  const waiting = row.counts.to_review;
  return waiting > 0 ? <strong className="text-accent-ink">{number(waiting)}</strong> : <>–</>;
}

export function CampaignCard({ row }: { row: CampaignRow }) {
  const { t } = useI18n();
  const waiting = row.counts.to_review;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start justify-between gap-3">
        <Title row={row} />
        <CampaignBadge status={row.status} />
      </div>
      <Progress counts={row.counts} />
      {waiting > 0 ? (
        <p className="text-sm font-medium text-accent-ink">
          {t("campaigns.toReview", { count: waiting })}
        </p>
      ) : null}
    </div>
  );
}
