import { CircleCheck } from "lucide-react";

import { useInterview, useReceipt, useWords } from "../context";
import type { ReceiptRow } from "../model/types";
import { Lead, Title } from "../parts/controls";
import { FailedAnswers } from "../parts/delivery";

/** The server has everything: thanks, and a receipt to keep. */
export function Done({ receipt }: { receipt: ReceiptRow[] }) {
  const { t } = useWords();
  const rows = useReceipt() ?? receipt;
  const { candidate, organization } = useInterview();
  const whole = !rows.some((row) => row.reason);
  return (
    <>
      <CircleCheck aria-hidden="true" className="mb-4 size-12 text-good-ink" />
      <Title>{t(whole ? "done.title" : "done.titlePartly", { name: candidate.first_name })}</Title>
      <Lead>{t("done.lead", { company: organization.name })}</Lead>
      <p className="mt-4 leading-relaxed">{t("done.close")}</p>
      <div className="mt-6 grid gap-4 empty:hidden">
        <FailedAnswers />
      </div>
      <h2 className="mt-10 mb-3 text-lg font-semibold">{t("done.receipt")}</h2>
      <ul className="grid gap-3">
        {rows.map((row) => (
          <Row key={row.question_id} row={row} />
        ))}
      </ul>
      <p className="mt-4 text-sm leading-relaxed text-ink-soft">{t("done.receiptHelp")}</p>
    </>
  );
}

function Row({ row }: { row: ReceiptRow }) {
  const { t, number } = useWords();
  const sent = row.state !== "skipped" && row.state !== "unanswered";
  const size = number(row.bytes / 1_000_000, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 1,
  });
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-semibold">{t("summary.question", { position: row.position })}</span>
        <span className="text-ink-soft">{sent ? size : t("summary.skipped")}</span>
      </p>
      {row.reason_text && <p className="mt-1 text-sm text-bad-ink">{row.reason_text}</p>}
      {sent && (
        <p className="mt-1 text-sm text-ink-soft">
          {t("done.checksum")}{" "}
          <bdi
            dir={row.sha256 ? "ltr" : undefined}
            className="block font-mono text-xs break-all rtl:text-end"
          >
            {row.sha256 ?? t("done.checking")}
          </bdi>
        </p>
      )}
    </li>
  );
}
