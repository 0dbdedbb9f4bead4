import { CircleAlert, CircleCheck } from "lucide-react";

import { useInterview, useWords } from "../context";
import { Lead, Title } from "../parts/controls";
import { Kept } from "../parts/kept";
import { Rating, TeamQuestion, Withdraw } from "../parts/ownAffairs";
import { Receipt } from "../parts/receipt";
import { ReplyDate } from "../parts/replyDate";

type State = "completed" | "expired" | "withdrawn";

const stateOf = (status: string): State =>
  status === "withdrawn" || status === "expired" ? status : "completed";

/** Afterwards, by the same link: where it stands, what was received, and what is still one's own. */
export function OwnPage() {
  const { t } = useWords();
  const { session, candidate, organization, campaign, receipt } = useInterview();
  const state = stateOf(session.status);
  const company = campaign.company || organization.name;
  const Icon = state === "completed" ? CircleCheck : CircleAlert;
  return (
    <>
      <Icon
        aria-hidden="true"
        className={`mb-4 size-12 ${state === "completed" ? "text-good-ink" : "text-wait-ink"}`}
      />
      <Title key={state}>{t(`own.${state}.title`, { name: candidate.first_name })}</Title>
      <Lead>{t(`own.${state}.text`, { company })}</Lead>
      {state !== "withdrawn" && <ReplyDate />}
      {receipt && <Receipt rows={receipt} />}
      <Kept />
      {state === "completed" && <TeamQuestion />}
      {state !== "withdrawn" && <Rating />}
      {state !== "withdrawn" && <Withdraw />}
    </>
  );
}
