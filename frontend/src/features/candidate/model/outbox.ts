import { ApiError } from "@/api/errors";
import { backoffMs, pause, type UploadTicket } from "@/recorder";
import { type Spool, type SpooledTake, Uploader } from "@/recorder/delivery";

import type { InterviewApi } from "./api";
import type { ReceiptRow } from "./types";

/** An answer on its way: sent, handed in, then checked by the server. */
export interface OutboxItem {
  takeId: string;
  questionId: string;
  phase: "sending" | "received" | "verified" | "failed";
  sent: number;
  /** What is known of the length; it grows while recording. */
  total: number;
  /** The way to the server is broken; it is tried again. */
  waiting: boolean;
  failure: string | null;
}

/** The questions whose answers an earlier page left on the device. */
export interface LeftBehind {
  kept: string[];
  /** Those of them that the page's end cut short. */
  interrupted: string[];
}

const UPLOAD_ROOT = "/api/upload/";
const VERIFIED = new Set(["verified", "ready"]);
const REFUSED = new Set(["rejected", "failed"]);

type Api = Pick<InterviewApi, "renewUpload" | "submit" | "receipt">;
type Report = (kind: string, data: Record<string, unknown>) => void;

/** Brings every answer to the server, in the background, however long it takes. */
export class Outbox {
  private items: readonly OutboxItem[] = [];
  private readonly takes = new Map<string, SpooledTake>();
  private readonly listeners = new Set<() => void>();
  private checking = false;
  private rows: readonly ReceiptRow[] | null = null;

  constructor(
    private readonly api: Api,
    private readonly spool: Spool,
    private readonly report: Report,
    private readonly network: EventTarget = globalThis,
    private readonly stop: AbortSignal = new AbortController().signal,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getItems = (): readonly OutboxItem[] => this.items;

  /** The newest receipt, once the server has given one. */
  readonly getReceipt = (): readonly ReceiptRow[] | null => this.rows;

  /** Send a take while it grows. */
  send(take: SpooledTake, ticket: UploadTicket): void {
    this.admit(take);
    void this.deliver(take, ticket, false);
  }

  /** Find what an earlier page left on the device, and send it. */
  async resume(): Promise<LeftBehind> {
    const left: LeftBehind = { kept: [], interrupted: [] };
    for (const take of await this.spool.takes()) {
      if (take.byteLength === 0) {
        await this.spool.remove(take.record.takeId);
        continue;
      }
      if (!take.closed) {
        left.interrupted.push(take.record.questionId);
        await take.recover();
      }
      this.admit(take);
      left.kept.push(take.record.questionId);
      this.again(take.record.takeId);
    }
    return left;
  }

  /** Try a failed answer once more. */
  again(takeId: string): void {
    const take = this.takes.get(takeId);
    if (!take) return;
    this.change(takeId, { phase: "sending", failure: null });
    // The token is asked for when the server refuses the empty one.
    const ticket = { id: take.record.uploadId, url: UPLOAD_ROOT, token: "renew" };
    void this.deliver(take, ticket, true);
  }

  /** The whole answer as a file, for the candidate to keep. */
  async download(takeId: string): Promise<Blob | null> {
    return (await this.takes.get(takeId)?.toBlob()) ?? null;
  }

  /** Resolves once the server has everything, or one answer; raises where one failed. */
  settled(questionId?: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const concerned = this.items.filter(
          (item) => item.questionId === (questionId ?? item.questionId),
        );
        const failed = concerned.some((item) => item.phase === "failed");
        if (!failed && concerned.some((item) => item.phase === "sending")) return;
        stopListening();
        if (failed) reject(new ApiError(0, "upload_failed", ""));
        else resolve();
      };
      const stopListening = this.subscribe(look);
      look();
    });
  }

  private admit(take: SpooledTake): void {
    const { takeId, questionId } = take.record;
    this.takes.set(takeId, take);
    const item: OutboxItem = {
      takeId,
      questionId,
      phase: "sending",
      sent: 0,
      total: take.byteLength,
      waiting: false,
      failure: null,
    };
    // A second take of a question replaces the first one on the screen.
    this.items = [...this.items.filter((other) => other.questionId !== questionId), item];
    take.onChange(() => this.change(takeId, { total: take.byteLength }));
    this.announce();
  }

  private async deliver(take: SpooledTake, ticket: UploadTicket, resumed: boolean): Promise<void> {
    const { takeId } = take.record;
    try {
      if (!take.record.submitted) await this.bring(take, ticket, resumed);
      this.change(takeId, { phase: "received", waiting: false, sent: take.byteLength });
      void this.checkReceipts();
    } catch (error) {
      const failure = error instanceof ApiError ? error.code : "unexpected";
      this.change(takeId, { phase: "failed", waiting: false, failure });
      this.report("answer_failed", { take: takeId, failure });
    }
  }

  private async bring(take: SpooledTake, ticket: UploadTicket, resumed: boolean): Promise<void> {
    for (let round = 0; ; round += 1) {
      await this.upload(take, ticket, resumed || round > 0);
      const incomplete = await this.handIn(take);
      if (!incomplete) break;
    }
    await take.markSubmitted();
  }

  private async upload(take: SpooledTake, ticket: UploadTicket, resumed: boolean): Promise<void> {
    const { takeId, mimeType } = take.record;
    const state = await new Uploader({
      source: take,
      ticket,
      mimeType,
      resumed,
      renew: () => this.renew(takeId),
      signal: this.stop,
      network: this.network,
      onProgress: ({ state: now, acknowledged }) => this.follow(takeId, now.kind, acknowledged),
    }).run();
    if (state.kind !== "failed") return;
    // After a reload, what is refused may have been handed in already: handing it in again tells.
    if (resumed && state.failure === "refused") return;
    throw new ApiError(0, state.failure, "");
  }

  private async renew(takeId: string): Promise<UploadTicket | null> {
    try {
      return await this.api.renewUpload(takeId);
    } catch (error) {
      if (error instanceof ApiError && !error.isUnreachable) return null;
      throw error;
    }
  }

  private follow(takeId: string, kind: string, acknowledged: number): void {
    const before = this.items.find((item) => item.takeId === takeId)?.waiting;
    const waiting = kind === "waiting";
    if (waiting && !before) this.report("upload_interrupted", { take: takeId, at: acknowledged });
    this.change(takeId, { sent: acknowledged, waiting });
  }

  /** Hand the answer in until the server has said yes. True: it misses bytes. */
  private async handIn(take: SpooledTake): Promise<boolean> {
    const { questionId, uploadId, closed } = take.record;
    const submission = {
      question: questionId,
      upload: uploadId,
      ...(closed ? { sha256: closed.sha256 } : {}),
      ...(closed?.durationMs == null ? {} : { duration_ms: closed.durationMs }),
    };
    for (let failures = 1; ; failures += 1) {
      try {
        await this.api.submit(submission);
        return false;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === "upload_incomplete") return true;
        if (!isPassing(error)) throw error;
        this.change(take.record.takeId, { waiting: true });
        await pause(backoffMs(failures), this.stop, this.network);
      }
    }
  }

  /** Ask for the receipt until every answer is checked, and clear the device of those that are. */
  private async checkReceipts(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    for (let round = 1; this.items.some((item) => item.phase === "received"); round += 1) {
      await pause(backoffMs(Math.min(round, 5)), this.stop, this.network);
      const rows = await this.api.receipt().catch(() => null);
      if (!rows) continue;
      this.rows = rows;
      for (const row of rows) await this.settle(row);
      this.announce();
    }
    this.checking = false;
  }

  private async settle(row: ReceiptRow): Promise<void> {
    const item = this.items.find((one) => one.questionId === row.question_id);
    if (item?.phase !== "received") return;
    if (REFUSED.has(row.state)) this.change(item.takeId, { phase: "failed", failure: row.state });
    if (!VERIFIED.has(row.state)) return;
    await this.spool.remove(item.takeId);
    this.takes.delete(item.takeId);
    this.change(item.takeId, { phase: "verified" });
  }

  private change(takeId: string, change: Partial<OutboxItem>): void {
    this.items = this.items.map((item) => (item.takeId === takeId ? { ...item, ...change } : item));
    this.announce();
  }

  private announce(): void {
    this.listeners.forEach((listener) => listener());
  }
}

/** Faults that go away by themselves. */
const isPassing = (error: ApiError) =>
  error.isUnreachable || error.status >= 500 || error.status === 429;
