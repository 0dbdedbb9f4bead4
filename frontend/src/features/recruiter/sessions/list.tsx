import { Video } from "lucide-react";

import { useCampaigns } from "@/api/campaigns";
import { useSessions } from "@/api/sessions";
import { useI18n } from "@/features/shared/i18n";
import { given, useListParams } from "@/features/shared/list-params";
import { ButtonLink } from "@/ui/button";
import { SearchField } from "@/ui/search";
import { Select } from "@/ui/select";
import { EmptyState } from "@/ui/states";

import { ListPage } from "../list-page";
import { SESSION_STATUSES } from "../status";
import { SessionTable } from "./table";

const NEWEST_FIRST = "-created_at";
const MOST_CAMPAIGNS = 100;

export function Component() {
  const { t } = useI18n();
  const params = useListParams();
  const ordering = params.get("ordering", NEWEST_FIRST);
  const query = useSessions(
    given({
      status: params.get("status"),
      campaign: params.get("campaign"),
      search: params.get("search"),
      cursor: params.get("cursor"),
      ordering,
    }),
  );
  return (
    <ListPage
      title={t("sessions.title")}
      subtitle={t("sessions.subtitle")}
      filters={<Filters />}
      query={query}
      empty={<Empty />}
    >
      {(rows) => (
        <SessionTable
          rows={rows}
          ordering={ordering}
          onOrder={(order) => params.set("ordering", order)}
        />
      )}
    </ListPage>
  );
}

function Filters() {
  const { t } = useI18n();
  const { get, set } = useListParams();
  const campaigns = useCampaigns({ page_size: MOST_CAMPAIGNS, ordering: "title" });
  const statuses = [
    { id: "", label: t("filter.allStatuses") },
    ...SESSION_STATUSES.map((id) => ({ id, label: t(`sessionStatus.${id}`) })),
  ];
  const titles = [
    { id: "", label: t("filter.allCampaigns") },
    ...(campaigns.data?.results ?? []).map(({ id, title }) => ({ id, label: title })),
  ];
  return (
    <div className="flex flex-wrap gap-3 border-b border-line p-3">
      <SearchField
        label={t("sessions.search")}
        value={get("search")}
        onSearch={(text) => set("search", text)}
        className="min-w-44 grow md:max-w-xs"
      />
      <Select
        label={t("filter.campaign")}
        hideLabel
        options={titles}
        value={get("campaign")}
        onChange={(id) => set("campaign", id)}
        className="w-52 max-sm:w-full md:ms-auto"
      />
      <Select
        label={t("filter.status")}
        hideLabel
        options={statuses}
        value={get("status")}
        onChange={(status) => set("status", status)}
        className="w-44 max-sm:w-full"
      />
    </div>
  );
}

function Empty() {
  const { t } = useI18n();
  return (
    <EmptyState icon={<Video />} title={t("sessions.empty.title")} text={t("sessions.empty.text")}>
      <ButtonLink to="/campaigns">{t("sessions.empty.action")}</ButtonLink>
    </EmptyState>
  );
}
