import type { useWords } from "../context";
import type { Interview, ReceiptRow } from "./types";

type Words = Pick<ReturnType<typeof useWords>, "t" | "date" | "number">;

/** The receipt as a plain text, that opens everywhere. */
export function receiptText(
  { campaign, candidate, organization, session }: Interview,
  rows: readonly ReceiptRow[],
  words: Words,
): string {
  const { t, date } = words;
  const at = session.confirmed_at;
  const head = [
    t("done.receipt"),
    `${campaign.job_title || campaign.title} · ${organization.name}`,
    `${candidate.first_name} ${candidate.last_name}`,
    ...(at
      ? [t("done.handedIn", { date: date(at, { dateStyle: "long", timeStyle: "long" }) })]
      : []),
    session.id,
  ];
  // The byte order mark tells editors on Windows that this is UTF-8.
  return `\uFEFF${[...head, "", ...rows.flatMap((row) => [...linesOf(row, words), ""])].join("\r\n")}`;
}

function linesOf(row: ReceiptRow, { t, number }: Words): string[] {
  const title = t("summary.question", { position: row.position });
  if (row.state === "skipped") return [`${title} : ${t("summary.skipped")}`];
  if (row.state === "unanswered") return [`${title} : ${t("done.unanswered")}`];
  const words = row.written || row.chosen?.join(" · ");
  if (words) return [title, words];
  const size = number(row.bytes, { style: "unit", unit: "byte", unitDisplay: "long" });
  const sum = row.sha256 ? `${t("done.checksum")} ${row.sha256}` : t("done.checking");
  return [`${title} : ${size}`, ...(row.reason_text ? [row.reason_text] : []), sum];
}
