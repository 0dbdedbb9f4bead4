import { indexedDbStore } from "./indexedDbStore";
import { memoryStore } from "./memoryStore";
import { SpooledTake } from "./spooledTake";
import type { ChunkStore, TakeRecord } from "./store";

const KEPT_DAYS = 7;

/** The takes of one session on this device. */
export class Spool {
  constructor(
    private readonly store: ChunkStore,
    private readonly sessionId: string,
  ) {}

  /** Open the device's store; memory where the browser has none (private windows, policies). */
  static async open(sessionId: string, keyBase64: string): Promise<Spool> {
    const store = await indexedDbStore(keyBase64).catch(() => memoryStore());
    // Computers are shared: nothing stays, whoever's session it was.
    await store.purge(Date.now() - KEPT_DAYS * 86_400_000).catch(() => undefined);
    return new Spool(store, sessionId);
  }

  get durable(): boolean {
    return this.store.durable;
  }

  create(record: Omit<TakeRecord, "sessionId" | "createdAt" | "closed" | "submitted">) {
    return SpooledTake.create(this.store, {
      ...record,
      sessionId: this.sessionId,
      createdAt: Date.now(),
      closed: null,
      submitted: false,
    });
  }

  async takes(): Promise<SpooledTake[]> {
    const records = await this.store.takes(this.sessionId);
    return Promise.all(records.map((record) => SpooledTake.restore(this.store, record)));
  }

  remove(takeId: string): Promise<void> {
    return this.store.remove(takeId);
  }
}
