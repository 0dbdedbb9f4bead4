import { CloudUpload, Download, RotateCw, WifiOff } from "lucide-react";

import type { OutboxItem } from "../model/outbox";
import { useController, useOutbox, useStation, useWords } from "../context";
import { Banner, Button, Progress } from "./controls";

export function percentSent(items: readonly OutboxItem[]): number {
  const total = items.reduce((sum, item) => sum + item.total, 0);
  const sent = items.reduce((sum, item) => sum + Math.min(item.sent, item.total), 0);
  return total === 0 ? 100 : Math.floor((sent / total) * 100);
}

/** How the answers' way to the server is going, in one quiet line. */
export function Delivery({ quiet = false }: { quiet?: boolean }) {
  const { t } = useWords();
  const { online, spoolDurable } = useStation();
  const items = useOutbox();
  const sending = items.filter((item) => item.phase === "sending");
  const stuck = !online || sending.some((item) => item.waiting);

  if (sending.length === 0) return null;
  if (stuck) {
    return (
      <Banner tone="wait" icon={<WifiOff aria-hidden="true" />} role="status">
        {t(spoolDurable ? "delivery.offline" : "delivery.offlineMemory")}
      </Banner>
    );
  }
  // In the middle of an answer, a bar that moves would only distract.
  if (quiet) return null;
  const percent = percentSent(sending);
  return (
    <div className="text-sm text-ink-soft">
      <p className="mb-2 flex items-center gap-2">
        <CloudUpload aria-hidden="true" className="size-4.5" />
        {t("delivery.sending", { percent })}
      </p>
      <Progress value={percent} max={100} label={t("delivery.label")} />
    </div>
  );
}

/** An answer that could not be brought over: it can be tried again, and is never lost. */
export function FailedAnswers() {
  const { t } = useWords();
  const controller = useController();
  const failed = useOutbox().filter((item) => item.phase === "failed");
  if (failed.length === 0) return null;
  return (
    <Banner tone="bad" role="alert">
      <p className="font-semibold">{t("failed.title")}</p>
      <p className="mt-1">{t("failed.text")}</p>
      {failed.map((item) => (
        <div key={item.takeId} className="mt-4 flex flex-wrap gap-3">
          <Button look="secondary" onClick={() => controller.outbox?.again(item.takeId)}>
            <RotateCw aria-hidden="true" />
            {t("failed.again")}
          </Button>
          <DownloadAnswer takeId={item.takeId} />
        </div>
      ))}
    </Banner>
  );
}

export function DownloadAnswer({ takeId }: { takeId: string }) {
  const { t } = useWords();
  const controller = useController();
  async function download() {
    const blob = await controller.outbox?.download(takeId);
    if (!blob) return;
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = address;
    link.download = `${t("failed.fileName")}.${blob.type.endsWith("mp4") ? "mp4" : "webm"}`;
    link.click();
    // The browser reads the file after the click has returned.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
  return (
    <Button look="secondary" onClick={() => void download()}>
      <Download aria-hidden="true" />
      {t("failed.download")}
    </Button>
  );
}
