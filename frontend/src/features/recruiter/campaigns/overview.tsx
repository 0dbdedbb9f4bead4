import { useQuery } from "@tanstack/react-query";
import { ChartColumn, UserPlus } from "lucide-react";
import { useNavigate, useParams } from "react-router";

import { campaignQuery, useStatistics } from "@/api/campaigns";
import { useSessions } from "@/api/sessions";
import type { Campaign, Statistics } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useMember } from "@/features/shared/member";
import { Button, ButtonLink } from "@/ui/button";
import { Card, Figure, Page } from "@/ui/page";
import { EmptyState, Skeleton } from "@/ui/states";

import { SessionTable } from "../sessions/table";
import { CampaignBadge } from "../status";
import { CampaignActions } from "./actions";
import { QuestionStatistics } from "./question-statistics";

const SHOWN_SESSIONS = 10;

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(campaignQuery(id));
  return (
    <Loaded key={id} query={query}>
      {(campaign) => <Overview campaign={campaign} />}
    </Loaded>
  );
}

function Overview({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const invite = () => void navigate(`/campaigns/${campaign.id}/invite`);
  const statistics = useStatistics(campaign.id);
  const { canManage } = useMember();
  return (
    <Page
      title={campaign.title}
      back={{ to: "/campaigns", text: t("campaigns.title") }}
      subtitle={<Subtitle campaign={campaign} />}
      actions={canManage ? <CampaignActions campaign={campaign} onInvite={invite} /> : null}
    >
      <div className="flex justify-end">
        <ButtonLink
          to={`/campaigns/${campaign.id}/statistics`}
          size="sm"
          variant="quiet"
          icon={<ChartColumn aria-hidden />}
        >
          {t("statistics.open")}
        </ButtonLink>
      </div>
      <Loaded query={statistics} skeleton={<Skeleton rows={1} className="h-20" />}>
        {(data) => <Figures statistics={data} />}
      </Loaded>
      <Sessions campaign={campaign} onInvite={invite} />
      <QuestionStatistics campaign={campaign} statistics={statistics.data} />
    </Page>
  );
}

function Subtitle({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const { day } = useFormat();
  const facts = [
    campaign.job_title,
    t("campaigns.questionCount", { count: campaign.questions.length }),
    t("campaign.until", { date: day(campaign.ends_at) }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm">
      <CampaignBadge status={campaign.status} />
      {facts.filter(Boolean).map((fact) => (
        <bdi key={fact}>{fact}</bdi>
      ))}
    </div>
  );
}

function Figures({ statistics }: { statistics: Statistics }) {
  const { t } = useI18n();
  const { number, percent, score } = useFormat();
  const { total, to_review, completed, completion_rate, average_score } = statistics;
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-5 max-md:*:last:col-span-2">
      <Figure name={t("figure.toReview")} value={number(to_review)} />
      <Figure name={t("figure.invited")} value={number(total)} />
      <Figure name={t("figure.completed")} value={number(completed)} />
      <Figure
        name={t("figure.completionRate")}
        value={completion_rate === null ? "–" : percent(completion_rate)}
      />
      <Figure
        name={t("figure.averageScore")}
        value={average_score === null ? "–" : score(average_score)}
      />
    </dl>
  );
}

interface SessionsProps {
  campaign: Campaign;
  onInvite(): void;
}

function Sessions({ campaign, onInvite }: SessionsProps) {
  const { t } = useI18n();
  const query = useSessions({ campaign: campaign.id, page_size: SHOWN_SESSIONS });
  return (
    <Card
      title={t("sessions.title")}
      actions={
        <ButtonLink to={`/sessions?campaign=${campaign.id}`} size="sm" variant="quiet">
          {t("action.seeAll")}
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {({ results }) =>
          results.length ? (
            <SessionTable rows={results} withoutCampaign />
          ) : (
            <NobodyYet campaign={campaign} onInvite={onInvite} />
          )
        }
      </Loaded>
    </Card>
  );
}

function NobodyYet({ campaign, onInvite }: SessionsProps) {
  const { t } = useI18n();
  const { canManage } = useMember();
  const isOpen = campaign.status === "open";
  return (
    <EmptyState
      icon={<UserPlus />}
      title={t("campaign.nobody.title")}
      text={t(isOpen ? "campaign.nobody.open" : "campaign.nobody.draft")}
    >
      {canManage && isOpen ? (
        <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={onInvite}>
          {t("invite.title")}
        </Button>
      ) : null}
    </EmptyState>
  );
}
