import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { useParams } from "react-router";

import { campaignQuery, useStatistics } from "@/api/campaigns";
import type { Campaign, Statistics } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { Card, Figure, Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";

import { DeviceChart, FunnelChart, SatisfactionChart } from "./charts";
import { DropOffChart, TakesChart, TimesChart } from "./question-charts";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(campaignQuery(id));
  return (
    <Loaded key={id} query={query}>
      {(campaign) => <Figures campaign={campaign} />}
    </Loaded>
  );
}

function Figures({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const query = useStatistics(campaign.id);
  return (
    <Page
      title={t("statistics.title")}
      back={{ to: `/campaigns/${campaign.id}`, text: campaign.title }}
    >
      <Loaded query={query}>
        {(statistics) =>
          statistics.total === 0 ? <Nobody /> : <All campaign={campaign} statistics={statistics} />
        }
      </Loaded>
    </Page>
  );
}

function Nobody() {
  const { t } = useI18n();
  return (
    <Card>
      <EmptyState
        icon={<ChartColumn />}
        title={t("statistics.empty.title")}
        text={t("statistics.empty.text")}
      />
    </Card>
  );
}

function All({ campaign, statistics }: { campaign: Campaign; statistics: Statistics }) {
  const charts = [
    <FunnelChart key="funnel" statistics={statistics} />,
    <DropOffChart key="left" statistics={statistics} />,
    <TimesChart key="times" statistics={statistics} campaign={campaign} />,
    <TakesChart key="takes" statistics={statistics} />,
    <DeviceChart key="devices" statistics={statistics} />,
    <SatisfactionChart key="satisfaction" statistics={statistics} />,
  ];
  return (
    <>
      <Numbers statistics={statistics} />
      <div className="grid items-start gap-4 md:grid-cols-2">
        {charts.map((chart) => (
          <Card key={chart.key}>{chart}</Card>
        ))}
      </div>
    </>
  );
}

function Numbers({ statistics }: { statistics: Statistics }) {
  const { t } = useI18n();
  const { number, percent, span } = useFormat();
  const rate = (value: number | null) => (value === null ? "–" : percent(value));
  const time = (value: number | null) => (value === null ? "–" : span(value));
  const times = statistics.time_to_complete;
  const figures: { id: string; name: string; value: string; hint?: string }[] = [
    {
      id: "rate",
      name: t("figure.completionRate"),
      value: rate(statistics.completion_rate),
      hint: t("statistics.ofStarted", { rate: rate(statistics.completion_rate_of_started) }),
    },
    {
      id: "duration",
      name: t("statistics.duration"),
      value: time(times.from_start_median_seconds),
      hint: t("statistics.most", { time: time(times.from_start_most_seconds) }),
    },
    {
      id: "answered",
      name: t("statistics.untilDone"),
      value: time(times.from_invitation_median_seconds),
      hint: t("statistics.most", { time: time(times.from_invitation_most_seconds) }),
    },
    {
      id: "errors",
      name: t("statistics.technicalErrors"),
      value: rate(statistics.technical_error_rate),
      hint: t("statistics.sessionsHit", { count: statistics.sessions_with_trouble }),
    },
    {
      id: "takes",
      name: t("statistics.takes"),
      value: statistics.takes_per_answer === null ? "–" : number(statistics.takes_per_answer),
      hint: t("statistics.late", { count: statistics.sessions_late }),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-5 max-md:*:last:col-span-2">
      {figures.map(({ id, ...figure }) => (
        <Figure key={id} {...figure} />
      ))}
    </dl>
  );
}
