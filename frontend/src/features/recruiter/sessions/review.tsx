import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";

import { sessionQuery } from "@/api/sessions";
import type { Response, Session } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { nameOf } from "@/features/shared/person";
import { Email, Page } from "@/ui/page";

import { SessionBadge } from "../status";
import { SessionActions } from "./actions";
import { Answer } from "./answer";
import { ResponseList } from "./responses";
import { Facts, Timeline } from "./timeline";
import { useUnsaved } from "./use-unsaved";
import { Waiting } from "./waiting";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(sessionQuery(id));
  return (
    <Loaded key={id} query={query}>
      {(session) => <Review session={session} />}
    </Loaded>
  );
}

function Review({ session }: { session: Session }) {
  const { t } = useI18n();
  const { candidate, campaign } = session;
  return (
    <Page
      title={nameOf(candidate)}
      back={{ to: "/sessions", text: t("sessions.title") }}
      subtitle={
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm">
          <SessionBadge session={session} />
          <bdi>{campaign.title}</bdi>
          <Email>{candidate.email}</Email>
        </div>
      }
      actions={<SessionActions session={session} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        {session.responses.length ? <Responses session={session} /> : <Nothing session={session} />}
        <Timeline session={session} />
      </div>
    </Page>
  );
}

function Nothing({ session }: { session: Session }) {
  return (
    <>
      <Waiting session={session} />
      <div className="lg:row-span-2">
        <Facts session={session} />
      </div>
    </>
  );
}

function Responses({ session }: { session: Session }) {
  const [params, setParams] = useSearchParams();
  const { unsaved, judge } = useUnsaved(session);
  const responses = session.responses.toSorted((a, b) => a.question.position - b.question.position);
  const found = responses.findIndex(({ id }) => id === params.get("response"));
  const index = Math.max(0, found);
  const current = responses[index];
  const next = responses[index + 1];
  if (!current) return null;

  const show = ({ id }: Response) => setParams({ response: id }, { replace: true });
  return (
    <Answer
      key={current.id}
      session={session}
      response={current}
      unsaved={unsaved[current.id]}
      onJudge={(judgement) => judge(current.id, judgement)}
      {...(next && { onNext: () => show(next) })}
      aside={
        <>
          <ResponseList responses={responses} current={current} onShow={show} />
          <Facts session={session} />
        </>
      }
    />
  );
}
