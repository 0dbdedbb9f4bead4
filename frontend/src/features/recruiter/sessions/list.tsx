import { Video } from "lucide-react";

import { useSessions } from "@/api/sessions";
import { useI18n } from "@/features/shared/i18n";
import { given, useListParams } from "@/features/shared/list-params";
import { ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/states";

import { ListPage } from "../list-page";
import { momentOf } from "./filter-names";
import { Filters } from "./filters";
import { SessionTable } from "./table";

const NEWEST_FIRST = "-created_at";

export function Component() {
  const { t } = useI18n();
  const params = useListParams();
  const ordering = params.get("ordering", NEWEST_FIRST);
  const query = useSessions({
    ...given({
      status: params.get("status"),
      campaign: params.get("campaign"),
      search: params.get("search"),
      device: params.get("device"),
      invited_from: momentOf(params.get("invitedFrom")),
      invited_until: momentOf(params.get("invitedTo"), true),
      completed_from: momentOf(params.get("completedFrom")),
      completed_until: momentOf(params.get("completedTo"), true),
      cursor: params.get("cursor"),
      ordering,
    }),
    ...(params.get("score_min") && { score_min: Number(params.get("score_min")) }),
    ...(params.get("late") === "true" && { late: true }),
    ...(params.get("trouble") === "true" && { trouble: true }),
  });
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

function Empty() {
  const { t } = useI18n();
  return (
    <EmptyState icon={<Video />} title={t("sessions.empty.title")} text={t("sessions.empty.text")}>
      <ButtonLink to="/campaigns">{t("sessions.empty.action")}</ButtonLink>
    </EmptyState>
  );
}
