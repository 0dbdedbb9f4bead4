import { CloudUpload, LoaderCircle } from "lucide-react";

import { useOutbox, useStation, useWords } from "../context";
import { isUnderWay, type OutboxItem } from "../model/outboxItem";
import { Progress } from "./controls";

export { FailedAnswers } from "./faults";

export interface Sent {
  bytes: number;
  total: number;
  percent: number;
}

export function sentOf(items: readonly OutboxItem[]): Sent {
  const total = items.reduce((sum, item) => sum + item.total, 0);
  const bytes = items.reduce((sum, item) => sum + Math.min(item.sent, item.total), 0);
  return { bytes, total, percent: total === 0 ? 100 : Math.floor((bytes / total) * 100) };
}

/** How the answers' way to the server is going, in one quiet line; the frame tells of trouble. */
export function Delivery() {
  const { t } = useWords();
  const { online } = useStation();
  const items = useOutbox().filter(isUnderWay);
  const sending = items.filter((item) => item.phase === "sending");

  if (items.length === 0 || !online || items.some((item) => item.waiting)) return null;
  if (sending.length === 0) return <Confirming />;
  const { percent } = sentOf(sending);
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

/** All bytes are there; the server's word is still to come. */
export function Confirming() {
  const { t } = useWords();
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-ink-soft">
      <LoaderCircle aria-hidden="true" className="size-4.5 animate-spin" />
      {t("delivery.confirming")}
    </p>
  );
}
