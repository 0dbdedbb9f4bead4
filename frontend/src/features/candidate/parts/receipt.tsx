import { Download } from "lucide-react";
import { useState } from "react";

import type { CandidateKey } from "@/lib/i18n";

import { useController, useInterview, useMegabytes, useReceipt, useWords } from "../context";
import { receiptText } from "../model/receiptText";
import type { ReceiptRow } from "../model/types";
import { Button } from "./controls";
import { save } from "./downloads";

/** What the server has of each answer, to look at and to keep. */
export function Receipt({ rows: given }: { rows: readonly ReceiptRow[] }) {
  const { t } = useWords();
  const rows = useReceipt() ?? given;
  const controller = useController();
  const refused = controller.outbox?.receiptRefused ?? false;
  return (
    <section aria-labelledby="receipt" className="mt-10">
      <h2 id="receipt" className="text-lg font-semibold">
        {t("done.receipt")}
      </h2>
      <Facts />
      <ul className="mt-3 grid gap-3">
        {rows.map((row) => (
          <Row key={row.question_id} row={row} refused={refused} />
        ))}
      </ul>
      {refused && <p className="mt-4 leading-relaxed">{t("done.uncheckedHelp")}</p>}
      <p className="mt-4 text-sm leading-relaxed text-ink-soft">{t("done.receiptHelp")}</p>
      <DownloadReceipt rows={rows} />
    </section>
  );
}

/** Which interview it was, and when it was handed in. */
function Facts() {
  const { t, date } = useWords();
  const { campaign, organization, session } = useInterview();
  const at = session.confirmed_at;
  return (
    <p className="mt-1 text-ink-soft">
      <bdi>{campaign.job_title || campaign.title}</bdi>
      {" · "}
      <bdi>{organization.name}</bdi>
      {at && (
        <span className="block">
          {t("done.handedIn", { date: date(at, { dateStyle: "long", timeStyle: "short" }) })}
        </span>
      )}
    </p>
  );
}

function DownloadReceipt({ rows }: { rows: readonly ReceiptRow[] }) {
  const words = useWords();
  const interview = useInterview();
  const { t } = words;
  function download() {
    const text = receiptText(interview, rows, words);
    save(new Blob([text], { type: "text/plain;charset=utf-8" }), `${t("done.fileName")}.txt`);
  }
  return (
    <Button look="secondary" className="mt-4" onClick={download}>
      <Download aria-hidden="true" />
      {t("done.download")}
    </Button>
  );
}

const NOT_RECORDED = new Set(["skipped", "unanswered", "text", "choice"]);

const STATES: Record<string, CandidateKey> = {
  skipped: "summary.skipped",
  unanswered: "done.unanswered",
};

function Row({ row, refused }: { row: ReceiptRow; refused: boolean }) {
  const { t } = useWords();
  const size = useMegabytes();
  const sent = !NOT_RECORDED.has(row.state);
  const state =
    sent && row.bytes > 0 ? size(row.bytes) : t(STATES[row.state] ?? "summary.received");
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-semibold">{t("summary.question", { position: row.position })}</span>
        <span className="text-ink-soft">{state}</span>
      </p>
      {row.text && (
        <p dir="auto" className="mt-1 leading-relaxed">
          {row.text}
        </p>
      )}
      <OwnAnswer row={row} />
      {row.reason_text && <p className="mt-1 text-sm text-bad-ink">{row.reason_text}</p>}
      {sent && <Checksum sha256={row.sha256} refused={refused} />}
    </li>
  );
}

/** One's own answer, as far as the server shows it: words, a file, or the recording to play. */
function OwnAnswer({ row }: { row: ReceiptRow }) {
  const { t } = useWords();
  const words = row.written || row.chosen?.join(" · ");
  if (words) {
    return (
      <p dir="auto" className="mt-2 border-s-2 border-line ps-3 whitespace-pre-line text-ink-soft">
        {words}
      </p>
    );
  }
  if (!row.url) return null;
  if (row.answer_kind === "file") {
    return (
      <a href={row.url} download={row.file_name} className={LINK}>
        {t("done.file", { name: row.file_name })}
      </a>
    );
  }
  return <OwnRecording url={row.url} position={row.position} />;
}

const LINK = "mt-2 inline-flex min-h-11 items-center font-semibold text-accent-ink underline";

function OwnRecording({ url, position }: { url: string; position: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button type="button" className={`${LINK} cursor-pointer`} onClick={() => setOpen(true)}>
        {t("done.play", { position })}
      </button>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- one's own words
    <video
      src={url}
      controls
      playsInline
      aria-label={t("playback.label")}
      className="mt-2 max-h-[50dvh] w-full rounded-md bg-black"
    />
  );
}

function Checksum({ sha256, refused }: { sha256: string | null; refused: boolean }) {
  const { t } = useWords();
  if (!sha256) {
    const words = t(refused ? "done.unchecked" : "done.checking");
    return <p className="mt-1 text-sm text-ink-soft">{words}</p>;
  }
  return (
    <p className="mt-1 text-sm text-ink-soft">
      {t("done.checksum")}{" "}
      <bdi dir="ltr" className="block font-mono text-xs break-all rtl:text-end">
        {sha256}
      </bdi>
    </p>
  );
}
