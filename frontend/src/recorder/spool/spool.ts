import { indexedDbStore, purgeSpool } from "./indexedDbStore";
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
    return new Spool(await indexedDbStore(keyBase64).catch(() => memoryStore()), sessionId);
  }

  /** Computers are shared: nothing stays for long, whoever's session it was. */
  static async purge(): Promise<void> {
    // Without a database there is nothing to purge.
    await purgeSpool(Date.now() - KEPT_DAYS * 86_400_000).catch(() => undefined);
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
