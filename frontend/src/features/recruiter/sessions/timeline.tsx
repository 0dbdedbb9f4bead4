import { Link } from "react-router";
import type { ReactNode } from "react";

import type { Session } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";
import { NATIVE_NAMES } from "@/lib/i18n";
import { Card } from "@/ui/page";

/** What a reviewer wants to know of a session's log; the rest is for support. */
const WORDS: Record<string, RecruiterKey> = {
  started: "timeline.started",
  consented: "timeline.consented",
  in_progress: "timeline.inProgress",
  question_opened: "timeline.questionOpened",
  question_skipped: "timeline.questionSkipped",
  response_submitted: "timeline.responseSubmitted",
  take_given_back: "timeline.takeGivenBack",
  fault_not_believed: "timeline.faultNotBelieved",
  fault_after_end: "timeline.faultAfterEnd",
  reopened: "timeline.reopened",
  asked_again: "timeline.askedAgain",
  answer_kept: "timeline.answerKept",
  recording_failed: "timeline.recordingFailed",
  language_changed: "timeline.languageChanged",
  completed: "timeline.completed",
  expired: "timeline.expired",
};

export function Timeline({ session }: { session: Session }) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const positions = positionsOf(session);
  const events = session.timeline.flatMap(({ at, kind, data }) => {
    const key = WORDS[kind];
    const position = positions.get(data["question"]) ?? "–";
    return key ? [{ at, kind, text: t(key, { position }) }] : [];
  });
  const invited = { at: session.invited_at, kind: "invited", text: t("timeline.invited") };
  return (
    <Card title={t("review.timeline")}>
      <ol className="flex flex-col gap-3 p-4 text-sm">
        {[invited, ...events].map(({ at, kind, text }) => (
          <li key={`${at} ${kind}`} className="flex items-baseline gap-3">
            <span aria-hidden className="size-2 shrink-0 -translate-y-0.5 rounded-full bg-accent" />
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

/** The log names questions by their id; people know them by their place. */
const positionsOf = (session: Session) =>
  new Map(
    session.timeline
      .filter(({ data }) => typeof data["position"] === "number")
      .map(({ data }) => [data["question"], Number(data["position"])]),
  );

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
