import { Users } from "lucide-react";
import { Link } from "react-router";

import { useCandidates } from "@/api/candidates";
import type { CandidateRow } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { given, useListParams } from "@/features/shared/list-params";
import { Avatar, nameOf } from "@/features/shared/person";
import { NATIVE_NAMES } from "@/lib/i18n";
import { ButtonLink } from "@/ui/button";
import { Email } from "@/ui/page";
import { useScreen } from "@/ui/screen";
import { SearchField } from "@/ui/search";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table";

import { ListPage } from "../list-page";

export function Component() {
  const { t } = useI18n();
  const { get } = useListParams();
  const query = useCandidates(given({ search: get("search"), cursor: get("cursor") }));
  return (
    <ListPage
      title={t("candidates.title")}
      subtitle={t("candidates.subtitle")}
      filters={<PhoneSearch />}
      query={query}
      empty={<Empty />}
    >
      {(rows) => <Table rows={rows} />}
    </ListPage>
  );
}

/** Wider windows have the same search in their top bar. */
function PhoneSearch() {
  const { t } = useI18n();
  const { get, set } = useListParams();
  if (useScreen() !== "mobile") return null;
  return (
    <SearchField
      label={t("nav.search")}
      value={get("search")}
      onSearch={(text) => set("search", text)}
      className="m-3"
    />
  );
}

function Empty() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<Users />}
      title={t("candidates.empty.title")}
      text={t("candidates.empty.text")}
    >
      <ButtonLink to="/campaigns">{t("sessions.empty.action")}</ButtonLink>
    </EmptyState>
  );
}

function Table({ rows }: { rows: CandidateRow[] }) {
  const { t } = useI18n();
  const { day } = useFormat();
  const columns: Column<CandidateRow>[] = [
    { id: "name", title: t("field.candidate"), cell: (row) => <Name row={row} /> },
    {
      id: "phone",
      title: t("field.phone"),
      className: "whitespace-nowrap text-ink-soft",
      cell: ({ phone }) => (phone ? <bdi dir="ltr">{phone}</bdi> : "–"),
    },
    {
      id: "language",
      title: t("field.language"),
      className: "text-ink-soft native-name",
      cell: ({ language }) => NATIVE_NAMES[language],
    },
    {
      id: "created",
      title: t("field.createdAt"),
      className: "whitespace-nowrap text-ink-soft",
      cell: (row) => day(row.created_at),
    },
  ];
  return (
    <DataTable
      label={t("candidates.title")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      card={(row) => <Name row={row} />}
    />
  );
}

function Name({ row }: { row: CandidateRow }) {
  const name = nameOf(row);
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Avatar name={name} />
      <div className="min-w-0">
        <Link
          to={`/candidates/${row.id}`}
          className="font-semibold wrap-anywhere after:absolute after:inset-0 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <div className="text-[0.8125rem] text-ink-faint">
          <Email>{row.email}</Email>
        </div>
      </div>
    </div>
  );
}
