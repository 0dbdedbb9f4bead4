import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import type { Session } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { NATIVE_NAMES } from "@/lib/i18n";
import { Checkbox } from "@/ui/checkbox";
import { Card } from "@/ui/page";

import { useEvents } from "./events";

export function Timeline({ session }: { session: Session }) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const [isDetailed, setDetailed] = useState(false);
  const events = useEvents(session, isDetailed);
  return (
    <Card title={t("review.timeline")}>
      <div className="border-b border-line px-4 py-1">
        <Checkbox isSelected={isDetailed} onChange={setDetailed}>
          {t("timeline.details")}
        </Checkbox>
      </div>
      <ol className="flex flex-col gap-3 p-4 text-sm">
        {events.map(({ id, at, text, isTrouble }) => (
          <li key={id} className="flex items-baseline gap-3">
            <span
              aria-hidden
              className={`size-2 shrink-0 -translate-y-0.5 rounded-full ${isTrouble ? "bg-bad" : "bg-accent"}`}
            />
            <span className="grow">{text}</span>
            <time dateTime={at} className="shrink-0 text-ink-faint tabular-nums">
              {moment(at)}
            </time>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Dates and numbers of the session. */
export function Facts({ session }: { session: Session }) {
  const { t } = useI18n();
  const { moment, score } = useFormat();
  const { candidate, campaign, started_at, completed_at } = session;
  const facts: [string, ReactNode][] = [
    [
      t("field.campaign"),
      <Link key="campaign" to={`/campaigns/${campaign.id}`} className="font-medium underline">
        <bdi>{campaign.title}</bdi>
      </Link>,
    ],
    [
      t("field.candidate"),
      <Link key="candidate" to={`/candidates/${candidate.id}`} className="font-medium underline">
        {t("review.candidatePage")}
      </Link>,
    ],
    [t("field.language"), NATIVE_NAMES[session.language]],
    [t("field.invitedAt"), moment(session.invited_at)],
    [t("field.startedAt"), started_at ? moment(started_at) : "–"],
    [t("field.completedAt"), completed_at ? moment(completed_at) : "–"],
    [t("field.expiresAt"), moment(session.expires_at)],
    [t("figure.averageScore"), session.score === null ? "–" : score(session.score)],
  ];
  return (
    <Card title={t("review.facts")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2.5 p-4 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 text-end wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
