import { ApiError } from "@/api/errors";
import type { UploadTicket } from "@/recorder";
import type { Spool, SpooledTake } from "@/recorder/delivery";

import type { InterviewApi, Submission } from "./api";
import {
  type Failure,
  failureOf,
  failureOfFault,
  GIVEN_BACK,
  isPassing,
  refusalOf,
  wayToSend,
} from "./failure";
import { copyTake, isKeptHere, isUnderWay, itemOf, type OutboxItem } from "./outboxItem";
import { Sending } from "./sending";
import type { Fault, ReceiptRow } from "./types";

/** The questions whose answers an earlier page left on the device. */
export interface LeftBehind {
  kept: string[];
  /** Those of them that the page's end cut short. */
  interrupted: string[];
}

const UPLOAD_ROOT = "/api/upload/";
const VERIFIED = new Set(["verified", "ready"]);
const REFUSED = new Set(["rejected", "failed"]);
/** How often a refused answer is looked at again: the server decides a moment later. */
const LOOKS = 6;
const ELSEWHERE = { phase: "elsewhere", waiting: false, failure: null } as const;

type Api = Pick<InterviewApi, "renewUpload" | "submit" | "receipt" | "openQuestion" | "openTake">;
type Report = (kind: string, data: Record<string, unknown>) => void;

/** Brings every answer to the server, in the background, however long it takes. */
export class Outbox {
  private items: readonly OutboxItem[] = [];
  private readonly takes = new Map<string, SpooledTake>();
  private readonly looks = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private checking = false;
  private held: string | null = null;
  /** The server said for good that it gives no receipt: what it found stays unknown here. */
  receiptRefused = false;
  private readonly here = new AbortController();
  readonly sending: Sending;
  private rows: readonly ReceiptRow[] | null = null;

  constructor(
    private readonly api: Api,
    private readonly spool: Spool,
    private readonly report: Report,
    network: EventTarget = globalThis,
  ) {
    const { signal } = this.here;
    const follow = this.follow.bind(this);
    const change = this.change.bind(this);
    this.sending = new Sending({ api, network, signal, follow, change });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getItems = (): readonly OutboxItem[] => this.items;

  /** The newest receipt, once the server has given one. */
  readonly getReceipt = (): readonly ReceiptRow[] | null => this.rows;

  /** Send a take while it grows. */
  send(take: SpooledTake, ticket: UploadTicket): void {
    this.admit(take, "sending");
    void this.deliver(take, ticket, false);
  }

  /**
   * Find what an earlier page left on the device, and send it; but for attempts that were given
   * back meanwhile, which the candidate decides about.
   */
  async resume(faults: readonly Fault[] = []): Promise<LeftBehind> {
    const left: LeftBehind = { kept: [], interrupted: [] };
    for (const take of await this.spool.takes()) {
      const { takeId, questionId } = take.record;
      const fault = faults.find((one) => one.take === takeId);
      if (take.byteLength === 0) {
        await this.spool.remove(takeId);
      } else if (fault) {
        this.admit(take, "failed", failureOfFault(fault));
      } else {
        if (!take.closed) left.interrupted.push(questionId);
        await this.sendLeftBehind(take);
        left.kept.push(questionId);
      }
    }
    return left;
  }

  /** Another page took over: nothing is sent from here any more, nor written to the device. */
  leave(): void {
    this.here.abort();
    this.takes.forEach((take) => take.leave());
    this.items = this.items.map((item) => (isKeptHere(item) ? { ...item, ...ELSEWHERE } : item));
    this.announce();
  }

  get hasLeft(): boolean {
    return this.here.signal.aborted;
  }

  /** Show what is on the device, and leave it to the tab that has the interview. */
  async peek(): Promise<void> {
    for (const take of await this.spool.takes()) {
      if (take.byteLength > 0) this.admit(take, "elsewhere");
    }
  }

  /** Try a failed answer once more. */
  again(takeId: string): void {
    const take = this.takes.get(takeId);
    const failure = this.items.find((item) => item.takeId === takeId)?.failure;
    if (!take) return;
    if (failure && wayToSend(failure) === "anew") {
      void this.sendAnew(take);
      return;
    }
    this.change(takeId, { phase: "sending", failure: null });
    // The token is asked for when the server refuses the empty one.
    const ticket = { id: take.record.uploadId, url: UPLOAD_ROOT, token: "renew" };
    void this.deliver(take, ticket, true);
  }

  /** The attempt does not count any more; what was recorded stays, for another decision. */
  giveBack(takeId: string): void {
    this.change(takeId, { phase: "failed", failure: GIVEN_BACK });
  }

  /** Let an attempt that was given back count after all. */
  keep(fault: Pick<Fault, "take" | "upload">, questionId: string): void {
    const take = this.takes.get(fault.take);
    if (take && !take.record.submitted) {
      this.again(fault.take);
      return;
    }
    const ids = { takeId: fault.take, uploadId: fault.upload, questionId };
    if (!this.items.some((item) => item.takeId === fault.take)) this.show(itemOf(ids, "failed"));
    void this.handInAgain(ids.takeId, { question: questionId, upload: fault.upload });
  }

  /** Keep an answer on the device as long as it may be looked at; return what ends that. */
  hold(questionId: string): () => void {
    this.held = questionId;
    return () => {
      if (this.held === questionId) this.held = null;
      const done = this.items.filter((one) => one.questionId === questionId);
      for (const item of done) if (item.phase === "verified") void this.clear(item);
    };
  }

  /** The whole answer as a file, for the candidate to keep; raises where it cannot be read. */
  async download(takeId: string): Promise<Blob | null> {
    return (await this.takes.get(takeId)?.toBlob()) ?? null;
  }

  /**
   * Resolves once the server has everything, or one answer; raises where one is to be sent or
   * recorded again. What it refused for good, it has.
   */
  async settled(questionId?: string): Promise<void> {
    const concerned = () =>
      this.items.filter((item) => item.questionId === (questionId ?? item.questionId));
    const failed = () => concerned().some(isOwed);
    await this.until(() => failed() || !concerned().some(isUnderWay));
    if (this.hasLeft) throw new ApiError(409, "other_tab", "");
    if (failed()) throw new ApiError(0, "upload_failed", "");
  }

  /** Resolves once the server has checked every answer, whatever it found. */
  checked(): Promise<void> {
    return this.until(() => !this.items.some((item) => isUnderWay(item) || this.isUndecided(item)));
  }

  private until(reached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!reached()) return;
        stopListening();
        resolve();
      };
      const stopListening = this.subscribe(look);
      look();
    });
  }

  private async sendLeftBehind(take: SpooledTake): Promise<void> {
    this.admit(take, "sending");
    try {
      if (!take.closed) await take.recover();
      this.again(take.record.takeId);
    } catch (error) {
      this.fail(take.record.takeId, error);
    }
  }

  /** Send the copy on this device as a new attempt: the server's own is spoilt. */
  private async sendAnew(old: SpooledTake): Promise<void> {
    const { takeId, questionId } = old.record;
    this.change(takeId, { phase: "sending", failure: null, sent: 0 });
    try {
      await this.api.openQuestion(questionId);
      const { take, upload } = await this.api.openTake(questionId);
      const ids = { takeId: take.id, uploadId: upload.id };
      this.send(await copyTake(this.spool, old, ids), upload);
    } catch (error) {
      this.fail(takeId, error);
    }
  }

  private async handInAgain(takeId: string, submission: Submission): Promise<void> {
    this.change(takeId, { phase: "confirming", failure: null });
    try {
      await this.sending.submit(takeId, submission);
      this.change(takeId, { phase: "received", waiting: false });
      void this.checkReceipts();
    } catch (error) {
      this.fail(takeId, error);
    }
  }

  private admit(take: SpooledTake, phase: OutboxItem["phase"], failure?: Failure): void {
    const { takeId } = take.record;
    this.takes.set(takeId, take);
    this.show({ ...itemOf(take.record, phase, failure), total: take.byteLength });
    take.onChange(() => this.change(takeId, { total: take.byteLength }));
  }

  /** A second take of a question replaces the first one on the screen. */
  private show(item: OutboxItem): void {
    const others = this.items.filter((other) => other.questionId !== item.questionId);
    this.items = [...others, item];
    this.announce();
  }

  private async deliver(take: SpooledTake, ticket: UploadTicket, resumed: boolean): Promise<void> {
    const { takeId } = take.record;
    try {
      if (!take.record.submitted) await this.sending.bring(take, ticket, resumed);
      this.change(takeId, { phase: "received", waiting: false, sent: take.byteLength });
      void this.checkReceipts();
    } catch (error) {
      this.fail(takeId, error);
    }
  }

  private fail(takeId: string, error: unknown): void {
    if (this.hasLeft) return;
    const failure = failureOf(error);
    this.change(takeId, { phase: "failed", waiting: false, failure });
    this.report("answer_failed", { take: takeId, failure: failure.code });
  }

  private follow(takeId: string, kind: string, acknowledged: number): void {
    const before = this.items.find((item) => item.takeId === takeId)?.waiting;
    const waiting = kind === "waiting";
    if (waiting && !before) this.report("upload_interrupted", { take: takeId, at: acknowledged });
    this.change(takeId, { phase: "sending", sent: acknowledged, waiting });
  }

  /** Ask for the receipt until every answer is checked, and clear the device of those that are. */
  private async checkReceipts(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.receiptRefused = false;
    for (let round = 1; this.items.some((item) => this.isUndecided(item)); round += 1) {
      await this.sending.wait(Math.min(round, 4)).catch(() => undefined);
      if (this.hasLeft) return;
      // What is handed in after the question was asked is not spoken of in its answer.
      const asked = this.items.filter((item) => this.isUndecided(item));
      const rows = await this.askForReceipt();
      if (this.receiptRefused) break;
      if (!rows) continue;
      this.rows = rows;
      for (const item of asked) await this.settle(item, rows);
      this.announce();
    }
    this.checking = false;
    this.announce();
  }

  /** Null where there is no answer; one that was refused for good is not waited for any more. */
  private async askForReceipt(): Promise<ReceiptRow[] | null> {
    try {
      return await this.api.receipt();
    } catch (error) {
      this.receiptRefused = !isPassing(error);
      if (this.receiptRefused) this.report("receipt_refused", { code: failureOf(error).code });
      return null;
    }
  }

  private isUndecided({ takeId, phase, failure }: OutboxItem): boolean {
    if (this.receiptRefused) return false;
    if (phase === "received") return true;
    const looks = this.looks.get(takeId) ?? 0;
    return phase === "failed" && failure !== null && mayChange(failure) && looks < LOOKS;
  }

  private async settle(item: OutboxItem, rows: readonly ReceiptRow[]): Promise<void> {
    const row = rows.find((one) => one.question_id === item.questionId);
    if (!row) return;
    if (VERIFIED.has(row.state) && !row.given_back) {
      if (item.questionId !== this.held) await this.clear(item);
      this.change(item.takeId, { phase: "verified", failure: null });
    } else if (REFUSED.has(row.state) && row.upload === item.uploadId) {
      this.looks.set(item.takeId, (this.looks.get(item.takeId) ?? 0) + 1);
      this.change(item.takeId, { phase: "failed", failure: refusalOf(row) });
    }
  }

  /** This answer is safe: no attempt stays on the device, but for one that is under way. */
  private async clear({ takeId: safe, questionId }: OutboxItem): Promise<void> {
    const current = this.items.find((item) => item.questionId === questionId)?.takeId;
    for (const [takeId, take] of this.takes) {
      const later = takeId === current && takeId !== safe;
      if (take.record.questionId !== questionId || later) continue;
      // What the device cannot remove now is purged after its seven days.
      await this.spool.remove(takeId).catch(() => this.report("spool_kept", { take: takeId }));
      this.takes.delete(takeId);
    }
  }

  private change(takeId: string, change: Partial<OutboxItem>): void {
    if (this.hasLeft) return;
    this.items = this.items.map((item) => (item.takeId === takeId ? { ...item, ...change } : item));
    this.announce();
  }

  private announce(): void {
    this.listeners.forEach((listener) => listener());
  }
}

const isOwed = ({ phase, failure }: OutboxItem) =>
  phase === "failed" && !(failure && mayChange(failure));

const mayChange = ({ refused, givenBack }: Failure) => refused && !givenBack;
