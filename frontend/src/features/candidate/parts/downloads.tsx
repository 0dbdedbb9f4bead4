import { Download } from "lucide-react";
import { useState } from "react";

import { useController, useFlow, useOutbox, useWords } from "../context";
import { isKeptHere, type OutboxItem } from "../model/outboxItem";
import { Button } from "./controls";

/** Save one answer as a file, as long as it is on this device. */
export function DownloadAnswer({ item }: { item: OutboxItem }) {
  const { t } = useWords();
  const controller = useController();
  const [unreadable, setUnreadable] = useState(false);
  const position = usePosition(item.questionId);

  async function download() {
    const blob = await controller.outbox?.download(item.takeId).catch(() => null);
    setUnreadable(!blob);
    if (blob) save(blob, `${t("download.fileName", { position })}.${extensionOf(blob)}`);
  }
  return (
    <>
      <Button look="secondary" onClick={() => void download()}>
        <Download aria-hidden="true" />
        {t("download.answer", { position })}
      </Button>
      {unreadable && (
        <p role="alert" className="w-full text-sm">
          {t("download.unreadable")}
        </p>
      )}
    </>
  );
}

/** Every answer that this device still keeps. */
export function Downloads() {
  return <Buttons items={useOutbox().filter(isKeptHere)} />;
}

function Buttons({ items }: { items: readonly OutboxItem[] }) {
  return (
    <div className="flex flex-wrap gap-3">
      {items.map((item) => (
        <DownloadAnswer key={item.takeId} item={item} />
      ))}
    </div>
  );
}

/** The same, out of the way of those who need it not; a failed answer has a button of its own. */
export function KeepCopies() {
  const { t } = useWords();
  const items = useOutbox().filter((item) => isKeptHere(item) && item.phase !== "failed");
  if (items.length === 0) return null;
  return (
    <details className="text-ink-soft">
      <summary className="min-h-11 cursor-pointer py-2.5 text-sm">{t("download.title")}</summary>
      <div className="mt-2">
        <Buttons items={items} />
      </div>
    </details>
  );
}

function usePosition(questionId: string): number {
  const { interview } = useFlow();
  return interview?.questions.find(({ id }) => id === questionId)?.position ?? 1;
}

const extensionOf = ({ type }: Blob) => (type.includes("mp4") ? "mp4" : "webm");

export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
