import { ApiError } from "@/api/errors";

import type { PageEvent } from "./types";

const FLUSH_MS = 5000;
const MOST_IN_A_REQUEST = 50;
const MOST_KEPT = 300;

type Send = (events: PageEvent[], keepalive: boolean) => Promise<void>;

/** What happened in the page, told to the server in batches. Never in the way of the interview. */
export class EventLog {
  private waiting: PageEvent[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private send: Send | null = null;

  add(kind: string, data: Record<string, unknown> = {}): void {
    this.waiting.push({ kind, at: new Date().toISOString(), data });
    if (this.waiting.length > MOST_KEPT) this.waiting.shift();
    this.schedule();
  }

  /** From here on there is a session to tell it to. */
  connect(send: Send): void {
    this.send = send;
    this.schedule();
  }

  /** Send what waits. `leaving`: the page may be gone before the answer. */
  async flush(leaving = false): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.send || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, MOST_IN_A_REQUEST);
    try {
      await this.send(batch, leaving);
    } catch (error) {
      // A log must not become a second fault: what the server refuses is dropped.
      const later = error instanceof ApiError && error.isUnreachable;
      if (later) this.waiting = [...batch, ...this.waiting].slice(0, MOST_KEPT);
    }
    this.schedule();
  }

  private schedule(): void {
    if (!this.send || this.timer || this.waiting.length === 0) return;
    this.timer = setTimeout(() => void this.flush(), FLUSH_MS);
  }
}
