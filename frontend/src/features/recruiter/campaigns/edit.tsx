import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { campaignQuery } from "@/api/campaigns";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useMember } from "@/features/shared/member";
import { Forbidden } from "@/features/shared/problem";
import { Page } from "@/ui/page";

import { draftOf, emptyDraft } from "./draft";
import { CampaignForm } from "./form";

export function Component() {
  const { t } = useI18n();
  const { id } = useParams();
  const { canManage } = useMember();
  if (!canManage) return <Forbidden />;
  const back = id
    ? { to: `/campaigns/${id}`, text: t("campaign.back") }
    : { to: "/campaigns", text: t("campaigns.title") };
  return (
    <Page title={id ? t("campaign.edit") : t("campaigns.new")} back={back}>
      {id ? <Existing key={id} id={id} /> : <New />}
    </Page>
  );
}

function New() {
  const { language } = useI18n();
  return <CampaignForm id={null} start={emptyDraft(language)} />;
}

function Existing({ id }: { id: string }) {
  const query = useQuery(campaignQuery(id));
  return (
    <Loaded query={query}>
      {(campaign) => (
        <CampaignForm
          id={id}
          start={draftOf(campaign)}
          version={{ number: campaign.version, started: campaign.version_started }}
        />
      )}
    </Loaded>
  );
}
