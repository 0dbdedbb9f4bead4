import "fake-indexeddb/auto";
import { createHash } from "node:crypto";

import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";

import type { Bytes } from "../bytes";
import { indexedDbStore } from "./indexedDbStore";
import { memoryStore } from "./memoryStore";
import { Spool } from "./spool";
import { SpooledTake } from "./spooledTake";
import type { ChunkStore } from "./store";

const KEY = btoa("k".repeat(32));
const OTHER_KEY = btoa("x".repeat(32));
const TAKE = { takeId: "t1", questionId: "q1", uploadId: "u1", mimeType: "video/webm" };

const bytes = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));
const text = (data: Bytes) => new TextDecoder().decode(data);
const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");

async function wholeOf(take: SpooledTake | undefined): Promise<string> {
  return take ? text(await take.read(0, take.byteLength)) : "";
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("a take on the device", () => {
  it("keeps its chunks in the order they were given, whatever their promises do", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    const slow = new Promise<Bytes>((resolve) => setTimeout(() => resolve(bytes("first ")), 20));
    await Promise.all([take.append(slow), take.append(bytes("second"))]);
    await take.close(1200);
    expect(await wholeOf(take)).toBe("first second");
    expect(take.record.closed).toEqual({
      byteLength: 12,
      sha256: sha256("first second"),
      durationMs: 1200,
    });
  });

  it("is read from any offset, over the edges of chunks", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    for (const part of ["abc", "def", "ghi"]) await take.append(bytes(part));
    expect(text(await take.read(2, 3))).toBe("cde");
    expect(text(await take.read(8, 100))).toBe("i");
    expect((await take.read(9, 100)).byteLength).toBe(0);
  });

  it("survives a reload in mid-answer, and is closed with its hash", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    await take.append(bytes("what was "));
    await take.append(bytes("said"));
    const [found] = await (await Spool.open("s", KEY)).takes();
    expect(found?.closed).toBe(false);
    await found?.recover();
    expect(await wholeOf(found)).toBe("what was said");
    expect(found?.record.closed).toMatchObject({ sha256: sha256("what was said") });
  });

  it("takes no more bytes once it is closed: its length may have been declared", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    await take.append(bytes("whole"));
    const closing = take.close(900);
    await take.append(bytes(" and late"));
    await closing;
    expect(take.byteLength).toBe(take.record.closed?.byteLength);
    expect(await wholeOf(take)).toBe("whole");
  });

  it("is another session's business, and nobody's after its removal", async () => {
    const spool = await Spool.open("s", KEY);
    await (await spool.create(TAKE)).append(bytes("mine"));
    expect(await (await Spool.open("other", KEY)).takes()).toEqual([]);
    await spool.remove("t1");
    expect(await spool.takes()).toEqual([]);
    const database = await openDB("jobgate-spool");
    expect(await database.count("chunks")).toBe(0);
    database.close();
  });

  it("is unreadable on the disk and under another key", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    await take.append(bytes("a secret"));
    const database = await openDB("jobgate-spool");
    const [sealed] = await database.getAll("chunks");
    database.close();
    expect(text(new Uint8Array(sealed.data))).not.toContain("secret");
    const stranger = await SpooledTake.restore(await indexedDbStore(OTHER_KEY), take.record);
    await expect(stranger.read(0, 8)).rejects.toThrow();
  });

  it("is purged after seven days", async () => {
    const store = await indexedDbStore(KEY);
    const old = Date.now() - 8 * 86_400_000;
    await store.putTake({
      ...TAKE,
      sessionId: "s",
      createdAt: old,
      closed: null,
      submitted: false,
    });
    await Spool.purge();
    expect(await (await Spool.open("s", KEY)).takes()).toEqual([]);
  });
});

describe("what only the page holds", () => {
  it("is what the device refused and the server has not", async () => {
    const store = memoryStore();
    let full = false;
    const spool = new Spool(
      {
        ...store,
        durable: true,
        putChunk: (...put) => (full ? Promise.reject(new Error("full")) : store.putChunk(...put)),
      },
      "s",
    );
    const take = await spool.create(TAKE);
    await take.append(bytes("kept"));
    expect(take.heldBeyond(0)).toBe(0);
    full = true;
    await take.append(bytes("held"));
    await take.append(bytes("held"));
    expect(take.heldBeyond(0)).toBe(8);
    expect(take.heldBeyond(8)).toBe(4);
    expect(take.heldBeyond(12)).toBe(0);
  });

  it("is everything unsent where the browser has no store at all", async () => {
    const take = await new Spool(memoryStore(), "s").create(TAKE);
    await take.append(bytes("abcdef"));
    expect(take.heldBeyond(2)).toBe(4);
  });
});

describe("a take's type", () => {
  it("is the one of the recorder that came to work, after a reload too", async () => {
    const take = await (await Spool.open("s", KEY)).create(TAKE);
    await take.describe("video/mp4");
    await take.append(bytes("x"));
    const [found] = await (await Spool.open("s", KEY)).takes();
    expect(found?.record.mimeType).toBe("video/mp4");
  });
});

describe("a device that keeps nothing more", () => {
  function fullAfter(chunks: number): ChunkStore {
    const store = memoryStore();
    let kept = 0;
    return {
      ...store,
      durable: true,
      async putChunk(...put) {
        kept += 1;
        if (kept > chunks) throw new DOMException("full", "QuotaExceededError");
        await store.putChunk(...put);
      },
    };
  }

  it("does not stop the answer: the page keeps the rest, and says so", async () => {
    const spool = new Spool(fullAfter(1), "s");
    const take = await spool.create(TAKE);
    await take.append(bytes("kept, "));
    expect(take.durable).toBe(true);
    await take.append(bytes("held"));
    await take.close(1);
    expect(take.durable).toBe(false);
    expect(await wholeOf(take)).toBe("kept, held");
    expect(await (await take.toBlob()).text()).toBe("kept, held");
  });

  it("gives back the part before a gap after a reload", async () => {
    const store = memoryStore();
    const take = await new Spool(store, "s").create(TAKE);
    await store.putChunk("t1", 0, bytes("abc"));
    await store.putChunk("t1", 9, bytes("xyz"));
    const restored = await SpooledTake.restore(store, take.record);
    expect(restored.byteLength).toBe(3);
  });
});
