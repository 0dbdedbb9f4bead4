import { CircleCheck } from "lucide-react";

import { useInterview, useReceipt, useWords } from "../context";
import type { ReceiptRow } from "../model/types";
import { Lead, Title } from "../parts/controls";
import { FailedAnswers } from "../parts/delivery";
import { Rating, TeamQuestion, Withdraw } from "../parts/ownAffairs";
import { Receipt } from "../parts/receipt";
import { ReplyDate } from "../parts/replyDate";

import { OwnPage } from "./ownPage";

/** The server has everything: thanks, and a receipt to keep. */
export function Done({ receipt }: { receipt: ReceiptRow[] }) {
  const { t } = useWords();
  const rows = useReceipt() ?? receipt;
  const { candidate, organization, session } = useInterview();
  const whole = !rows.some((row) => row.reason);
  if (session.status === "withdrawn") return <OwnPage />;
  return (
    <>
      <CircleCheck aria-hidden="true" className="mb-4 size-12 text-good-ink" />
      <Title>{t(whole ? "done.title" : "done.titlePartly", { name: candidate.first_name })}</Title>
      <Lead>{t("done.lead", { company: organization.name })}</Lead>
      <p className="mt-4 leading-relaxed">{t("done.close")}</p>
      <div className="mt-6 grid gap-4 empty:hidden">
        <FailedAnswers />
      </div>
      <ReplyDate />
      <Rating />
      <TeamQuestion />
      <Receipt rows={receipt} />
      <Withdraw />
    </>
  );
}
