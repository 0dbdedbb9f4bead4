import type { Spool, SpooledTake } from "@/recorder/delivery";

import type { Failure } from "./failure";

/** An answer on its way: sent, handed in (confirming), received, then checked by the server. */
export interface OutboxItem {
  takeId: string;
  questionId: string;
  uploadId: string;
  /** "elsewhere": another tab takes care of it. */
  phase: "sending" | "confirming" | "received" | "verified" | "failed" | "elsewhere";
  sent: number;
  /** What is known of the length; it grows while recording. */
  total: number;
  /** The way to the server is broken; it is tried again. */
  waiting: boolean;
  failure: Failure | null;
}

type Ids = Pick<OutboxItem, "takeId" | "questionId" | "uploadId">;

const COPIED_AT_ONCE = 1024 * 1024;

export function itemOf(
  { takeId, questionId, uploadId }: Ids,
  phase: OutboxItem["phase"],
  failure: Failure | null = null,
): OutboxItem {
  const progress = { sent: 0, total: 0, waiting: false };
  return { takeId, questionId, uploadId, phase, ...progress, failure };
}

export const isUnderWay = ({ phase }: OutboxItem) => phase === "sending" || phase === "confirming";

/** Whether its bytes are still on this device alone, as far as this page knows. */
export const isKeptHere = ({ phase }: OutboxItem) => phase !== "verified";

/** Keep the bytes of a take under the names of another one. */
export async function copyTake(
  spool: Spool,
  old: SpooledTake,
  ids: Pick<OutboxItem, "takeId" | "uploadId">,
): Promise<SpooledTake> {
  const { questionId, mimeType, closed } = old.record;
  const copy = await spool.create({ ...ids, questionId, mimeType });
  for (let at = 0; at < old.byteLength; at += COPIED_AT_ONCE) {
    await copy.append(await old.read(at, COPIED_AT_ONCE));
  }
  await copy.close(closed?.durationMs ?? null);
  return copy;
}
