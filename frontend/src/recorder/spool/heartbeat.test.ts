import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Heartbeat } from "./heartbeat";

// fake-indexeddb answers by setImmediate: only what the heartbeat itself waits for is faked.
const FAKED = [
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
  "Date",
  "performance",
] as const;
const lost = vi.fn<() => void>();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  lost.mockReset();
  vi.useFakeTimers({ toFake: [...FAKED], now: 1_000_000_000 });
});

afterEach(() => void vi.useRealTimers());

/** Let time pass for every page, second by second, and what they wait for in it. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds * 2; second += 1) {
    vi.advanceTimersByTime(500);
    for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  }
}

async function writeBeat(more: object): Promise<void> {
  // Whoever opens first makes the database.
  await Heartbeat.begin("other", false, lost);
  const database = await openDB("jobgate-pages");
  await database.put("beats", {
    sessionId: "s",
    page: "dead",
    at: Date.now(),
    locked: false,
    ...more,
  });
  database.close();
}

const beat = async () => {
  const database = await openDB("jobgate-pages");
  const found = await database.get("beats", "s");
  database.close();
  return found;
};

const begin = (locked = false) => Heartbeat.begin("s", locked, lost);

describe("a heartbeat without Web Locks", () => {
  it("keeps a second page from a live recording", async () => {
    expect(await begin()).toBe(true);
    const second = begin();
    await pass(3);
    expect(await second).toBe(false);
    expect(lost).not.toHaveBeenCalled();
  });

  it("makes room when its page is left, so that a reload waits for nothing", async () => {
    await begin();
    dispatchEvent(new Event("pagehide"));
    await pass(1);
    expect(await beat()).toBeUndefined();
    expect(await begin()).toBe(true);
  });

  it("that has not beaten for ten seconds means that the page died", async () => {
    await writeBeat({ at: Date.now() - 10_001 });
    const second = begin();
    await pass(3);
    expect(await second).toBe(true);
    expect((await beat()).page).not.toBe("dead");
  });

  it("that beat a moment ago is given ten seconds", async () => {
    await writeBeat({ at: Date.now() - 6000 });
    let taken: boolean | null = null;
    void begin().then((begun) => (taken = begun));
    await pass(3);
    expect(taken).toBeNull();
    await pass(2);
    expect(taken).toBe(true);
  });

  it("is not fooled by a clock that was put forward", async () => {
    await begin();
    vi.setSystemTime(Date.now() + 3_600_000);
    const second = begin();
    await pass(3);
    expect(await second).toBe(false);
  });

  it("tells a page that stood still that another one went on", async () => {
    await begin();
    const database = await openDB("jobgate-pages");
    await database.put("beats", { sessionId: "s", page: "other", at: Date.now(), locked: false });
    database.close();
    await pass(2);
    expect(lost).toHaveBeenCalledOnce();
    expect((await beat()).page).toBe("other");
  });

  it("lets one of two pages in that come at the same moment", async () => {
    const both = await Promise.all([begin(), begin()]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });
});

describe("a heartbeat with Web Locks", () => {
  it("does not wait for a page whose lock the browser has freed", async () => {
    await writeBeat({ locked: true });
    expect(await begin(true)).toBe(true);
  });

  it("waits for a page that lives without a lock", async () => {
    await begin(false);
    const second = begin(true);
    await pass(3);
    expect(await second).toBe(false);
  });

  it("is none where there is no database, and nothing to take over", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("no", "SecurityError");
    });
    expect(await begin(true)).toBe(true);
  });
});
