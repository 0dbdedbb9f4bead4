import { CalendarCheck } from "lucide-react";

import { useInterview, useWords } from "../context";

/** The day by which the company promised an answer. */
export function ReplyDate() {
  const { t, date } = useWords();
  const { campaign, organization } = useInterview();
  if (!campaign.reply_by) return null;
  const company = campaign.company || organization.name;
  // A day, not a moment: it is the same one wherever it is read.
  const day = date(`${campaign.reply_by}T12:00:00`, { dateStyle: "long" });
  return (
    <p className="mt-4 flex items-start gap-3 leading-relaxed">
      <CalendarCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
      <span>{t("intro.reply", { company, date: day })}</span>
    </p>
  );
}
