import { ListChecks } from "lucide-react";

import { useCampaigns } from "@/api/campaigns";
import { useSessions } from "@/api/sessions";
import type { CampaignRow } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useMember } from "@/features/shared/member";
import { ButtonLink } from "@/ui/button";
import { Card, Figure, Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";

import { CampaignCard } from "../campaigns/list";
import { SessionTable } from "../sessions/table";
import { FirstSteps } from "./first-steps";

const SHOWN_SESSIONS = 6;
const SHOWN_CAMPAIGNS = 4;

export function Component() {
  const { t } = useI18n();
  const { me } = useMember();
  const campaigns = useCampaigns({ ordering: "-created_at", page_size: 50 });
  const firstName = me.full_name.split(" ")[0];
  const title = firstName ? t("home.hello", { name: firstName }) : t("home.title");
  return (
    <Page title={title} subtitle={t("home.subtitle")}>
      <Loaded query={campaigns}>
        {({ results }) => (results.length ? <Overview campaigns={results} /> : <FirstSteps />)}
      </Loaded>
    </Page>
  );
}

function Overview({ campaigns }: { campaigns: CampaignRow[] }) {
  return (
    <>
      <Figures campaigns={campaigns} />
      <ToReview />
      <Campaigns campaigns={campaigns} />
    </>
  );
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function Figures({ campaigns }: { campaigns: CampaignRow[] }) {
  const { t } = useI18n();
  const { number, percent } = useFormat();
  const of = (pick: (campaign: CampaignRow) => number) => sum(campaigns.map(pick));
  const total = of(({ counts }) => counts.total);
  const completed = of(({ counts }) => counts.completed);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure name={t("figure.toReview")} value={number(of(({ counts }) => counts.to_review))} />
      <Figure
        name={t("figure.inProgress")}
        value={number(of(({ counts }) => counts.started + counts.in_progress))}
      />
      <Figure
        name={t("figure.openCampaigns")}
        value={number(campaigns.filter(({ status }) => status === "open").length)}
      />
      <Figure
        name={t("figure.completionRate")}
        value={total === 0 ? "–" : percent(completed / total)}
      />
    </dl>
  );
}

/** What waits for a reviewer comes first. */
function ToReview() {
  const { t } = useI18n();
  const query = useSessions({
    status: "completed",
    to_review: true,
    ordering: "-completed_at",
    page_size: SHOWN_SESSIONS,
  });
  return (
    <Card
      title={t("home.toReview")}
      actions={
        <ButtonLink to="/sessions" size="sm" variant="quiet">
          {t("home.allSessions")}
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {({ results }) =>
          results.length ? (
            <SessionTable rows={results} />
          ) : (
            <EmptyState
              icon={<ListChecks />}
              title={t("home.nothing.title")}
              text={t("home.nothing.text")}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

function Campaigns({ campaigns }: { campaigns: CampaignRow[] }) {
  const { t } = useI18n();
  const open = campaigns.filter(({ status }) => status === "open");
  const shown = (open.length ? open : campaigns).slice(0, SHOWN_CAMPAIGNS);
  return (
    <section className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{t("home.campaigns")}</h2>
        <ButtonLink to="/campaigns" size="sm" variant="quiet">
          {t("action.seeAll")}
        </ButtonLink>
      </div>
      <ul className="grid gap-3 md:grid-cols-2">
        {shown.map((campaign) => (
          <li
            key={campaign.id}
            className="relative rounded-lg border border-line bg-surface p-4 hover:border-line-strong"
          >
            <CampaignCard row={campaign} />
          </li>
        ))}
      </ul>
    </section>
  );
}
