import { type DBSchema, type IDBPDatabase, openDB } from "idb";

const EVERY_MS = 1000;
/** A page that has not written for so long is dead. */
const STALE_MS = 10_000;
/** Even then a change of the clock may be all there is: two beats would show a page that lives. */
const LOOK_MS = 2500;
const FORGOTTEN_MS = 7 * 86_400_000;

interface Beat {
  sessionId: string;
  /** Which page writes it. */
  page: string;
  /** The device's clock: read on no other. */
  at: number;
  /** Its page holds a lock besides, that the browser frees when the page dies. */
  locked: boolean;
}

interface BeatSchema extends DBSchema {
  beats: { key: string; value: Beat };
}

type Beats = IDBPDatabase<BeatSchema>;

/**
 * The sign of life of the page that records. A second page, also in a browser without Web Locks,
 * reads it before it takes over what lies on the device.
 */
export class Heartbeat {
  private timer: ReturnType<typeof setInterval> | undefined;
  /** The beat of the page before, as it was last seen. */
  private expected: Beat | undefined;

  private constructor(
    private readonly database: Beats,
    private readonly sessionId: string,
    private readonly locked: boolean,
    private readonly onLost: () => void,
    private readonly page = crypto.randomUUID(),
  ) {}

  /**
   * Become the page of this session. False where another one lives: that takes up to ten seconds
   * to see. `locked`: this page holds the session's lock. `onLost`: another page took over, since
   * this one stood still for too long.
   */
  static async begin(sessionId: string, locked: boolean, onLost: () => void): Promise<boolean> {
    const database = await openBeats().catch(() => null);
    // Without a database there is nothing on the device that could be taken over.
    if (!database) return true;
    const heart = new Heartbeat(database, sessionId, locked, onLost);
    const begun = (await heart.isFree()) && (await heart.write());
    if (begun) heart.start();
    else database.close();
    return begun;
  }

  private async isFree(): Promise<boolean> {
    this.expected = await this.database.get("beats", this.sessionId);
    const { expected } = this;
    // Its lock is ours now: it is dead.
    if (!expected || (expected.locked && this.locked)) return true;
    const until = performance.now() + lookFor(expected.at);
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS / 2));
      const now = await this.database.get("beats", this.sessionId);
      if (!now) break;
      if (now.at !== expected.at) return false;
    }
    this.expected = await this.database.get("beats", this.sessionId);
    return this.expected === undefined || this.expected.at === expected.at;
  }

  /** Write, unless the last beat is not the one that was seen last. */
  private async write(): Promise<boolean> {
    const change = this.database.transaction("beats", "readwrite");
    const now = await change.store.get(this.sessionId);
    const free = !now || now.page === this.page || now.at === this.expected?.at;
    const { sessionId, page, locked } = this;
    if (free) await change.store.put({ sessionId, page, at: Date.now(), locked });
    await change.done;
    return free;
  }

  private start(): void {
    this.expected = undefined;
    addEventListener("pagehide", this.leave);
    addEventListener("pageshow", this.goOn);
    this.goOn();
  }

  private async beat(): Promise<void> {
    // A beat that could not be written is no reason to stop.
    const alive = await this.write().catch(() => true);
    if (alive || this.timer === undefined) return;
    this.rest();
    removeEventListener("pagehide", this.leave);
    removeEventListener("pageshow", this.goOn);
    this.onLost();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A page that was left may come back as it was. */
  private readonly goOn = () => {
    this.timer ??= setInterval(() => void this.beat(), EVERY_MS);
  };

  /** Make room at once for the page that follows, if the browser still gives the time for it. */
  private readonly leave = () => {
    this.rest();
    const change = this.database.transaction("beats", "readwrite");
    change.store.delete(this.sessionId).catch(() => undefined);
    change.done.catch(() => undefined);
    change.commit();
  };
}

/** How long to watch a beat before its page is taken for dead. */
function lookFor(at: number): number {
  const age = Date.now() - at;
  // From the future: the clock was set back, and says nothing.
  const wait = age < 0 ? STALE_MS : STALE_MS - age;
  return Math.max(LOOK_MS, wait);
}

async function openBeats(): Promise<Beats> {
  const database = await openDB<BeatSchema>("jobgate-pages", 1, {
    upgrade: (fresh) => void fresh.createObjectStore("beats", { keyPath: "sessionId" }),
  });
  for (const { sessionId, at } of await database.getAll("beats")) {
    if (Date.now() - at > FORGOTTEN_MS) await database.delete("beats", sessionId);
  }
  return database;
}
