import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { FileStore } from "@tus/file-store";
import { Server as TusServer } from "@tus/server";
import { http, passthrough } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { server as mocks } from "@/test/server";

import type { Bytes } from "../bytes";
import { memoryStore } from "../spool/memoryStore";
import { Spool } from "../spool/spool";
import type { SpooledTake } from "../spool/spooledTake";
import { Uploader, type UploaderOptions, type UploadProgress } from "./uploader";

const UPLOAD_ID = "0198c0de-0000-7000-8000-000000000001";

/** What a test does to a request before the server sees it. True: it has answered itself. */
type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

let folder: string;
let listening: Server;
let fault: Fault = () => false;
let seen: string[] = [];

const endpoint = () => `http://127.0.0.1:${(listening.address() as AddressInfo).port}/files/`;
const stored = () => readFile(path.join(folder, UPLOAD_ID));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const random = (size: number): Bytes => new Uint8Array(randomBytes(size));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tus-"));
  const tus = new TusServer({
    path: "/files",
    datastore: new FileStore({ directory: folder }),
    respectForwardedHeaders: false,
    generateUrl: (_request, { path: base, id }) => `${base}/${id}/`,
    getFileIdFromRequest: (request) => new URL(request.url).pathname.split("/")[2],
    namingFunction: () => UPLOAD_ID,
  });
  fault = () => false;
  seen = [];
  listening = createServer((request, response) => {
    seen.push(request.method ?? "");
    if (!fault(request, response)) void tus.handle(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  mocks.use(http.all(/127\.0\.0\.1/, () => passthrough()));
});

afterEach(async () => {
  listening.closeAllConnections();
  await new Promise((resolve) => listening.close(resolve));
  await rm(folder, { recursive: true });
});

const newTake = (): Promise<SpooledTake> =>
  new Spool(memoryStore(), "s").create({
    takeId: "t",
    questionId: "q",
    uploadId: UPLOAD_ID,
    mimeType: "video/webm",
  });

async function finishedTake(...parts: Bytes[]): Promise<SpooledTake> {
  const take = await newTake();
  for (const part of parts) await take.append(part);
  await take.close(1000);
  return take;
}

function uploaderOf(source: SpooledTake, more: Partial<UploaderOptions> = {}): Uploader {
  return new Uploader({
    source,
    ticket: { id: UPLOAD_ID, url: endpoint(), token: "first" },
    mimeType: "video/webm",
    renew: async () => ({ id: UPLOAD_ID, url: endpoint(), token: "second" }),
    signal: new AbortController().signal,
    network: new EventTarget(),
    // The shortest waits that the back-off can give.
    random: () => 0,
    ...more,
  });
}

/** Let a fault happen once, at the n-th request of a method. */
function once(method: string, nth: number, act: Fault): Fault {
  let count = 0;
  return (request, response) => {
    if (request.method !== method) return false;
    count += 1;
    return count === nth && act(request, response);
  };
}

/** Whether the server holds the take, byte for byte, once the upload says it is done. */
async function arrives(take: SpooledTake, more?: Partial<UploaderOptions>): Promise<boolean> {
  const state = await uploaderOf(take, more).run();
  return state.kind === "done" && sha256(await stored()) === take.record.closed?.sha256;
}

const answer =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (request, response) => {
    request.resume();
    response.writeHead(status, headers).end(JSON.stringify({ code: "x" }));
    return true;
  };

describe("an upload", () => {
  it("follows a source that grows, and says its length with the last piece", async () => {
    const [first, second] = [random(70_000), random(120_000)];
    const take = await newTake();
    const running = uploaderOf(take).run();
    await take.append(first);
    await expect.poll(async () => (await stored()).byteLength).toBe(70_000);
    await take.append(second);
    await take.close(2000);
    expect(await running).toEqual({ kind: "done" });
    expect(sha256(await stored())).toBe(take.record.closed?.sha256);
  });

  it("declares the length alone when the last bytes had already gone", async () => {
    const take = await newTake();
    const running = uploaderOf(take).run();
    await take.append(random(1000));
    await expect.poll(async () => (await stored()).byteLength).toBe(1000);
    await take.close(1000);
    expect(await running).toEqual({ kind: "done" });
  });

  it("sends a large take in pieces and tells how far it is", async () => {
    const take = await finishedTake(random(900_000), random(600_000));
    const heard: UploadProgress[] = [];
    await uploaderOf(take, { onProgress: (progress) => heard.push(progress) }).run();
    expect(sha256(await stored())).toBe(take.record.closed?.sha256);
    const offsets = heard.map((progress) => progress.acknowledged);
    expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
    expect(heard.at(-1)).toEqual({ state: { kind: "done" }, acknowledged: 1_500_000 });
    expect(seen.filter((method) => method === "PATCH").length).toBeGreaterThan(2);
  });
});

describe("an upload whose way is broken", () => {
  it("asks for the offset after a cut in the middle of a piece", async () => {
    const take = await finishedTake(random(800_000));
    fault = once("PATCH", 2, (request) => {
      request.once("data", () => request.socket.destroy());
      return true;
    });
    expect(await arrives(take)).toBe(true);
    expect(seen).toContain("HEAD");
  });

  it("does not send twice what was kept but never acknowledged", async () => {
    const take = await finishedTake(random(800_000));
    fault = once("PATCH", 1, (request, response) => {
      response.writeHead = () => {
        request.socket.destroy();
        return response;
      };
      return false;
    });
    expect(await arrives(take)).toBe(true);
  });

  it.each([500, 502, 503, 423, 429, 507])("waits and goes on after %i", async (status) => {
    fault = once("PATCH", 1, answer(status));
    expect(await arrives(await finishedTake(random(300_000)))).toBe(true);
  });

  it("asks again when the server disagrees about the offset", async () => {
    fault = once("PATCH", 2, answer(409));
    expect(await arrives(await finishedTake(random(800_000)))).toBe(true);
  });

  it("does not create a second upload when the answer to the first was lost", async () => {
    fault = once("POST", 1, (request, response) => {
      response.writeHead = () => {
        request.socket.destroy();
        return response;
      };
      return false;
    });
    expect(await arrives(await finishedTake(random(10_000)))).toBe(true);
    expect(seen.filter((method) => method === "POST")).toHaveLength(1);
  });

  it("finds an upload again after a reload", async () => {
    const take = await finishedTake(random(400_000), random(400_000));
    const stop = new AbortController();
    fault = once("PATCH", 2, () => {
      stop.abort();
      return true;
    });
    await expect(uploaderOf(take, { signal: stop.signal }).run()).rejects.toThrow();
    const before = (await stored()).byteLength;
    expect(before).toBeGreaterThan(0);
    fault = () => false;
    seen = [];
    expect(await arrives(take, { resumed: true })).toBe(true);
    expect(seen).not.toContain("POST");
  });

  it("takes a fresh token, and goes on at the same offset", async () => {
    fault = (request, response) =>
      request.headers.authorization === "Upload first" && request.method === "PATCH"
        ? answer(401)(request, response)
        : false;
    expect(await arrives(await finishedTake(random(300_000)))).toBe(true);
  });

  it("wakes up as soon as the network is back", async () => {
    const network = new EventTarget();
    fault = once("PATCH", 1, answer(503, { "Retry-After": "3600" }));
    const wake = () => setTimeout(() => network.dispatchEvent(new Event("online")));
    const onProgress = ({ state }: UploadProgress) => void (state.kind === "waiting" && wake());
    const take = await finishedTake(random(1000));
    expect(await arrives(take, { network, onProgress })).toBe(true);
  });
});

describe("an upload that cannot go on", () => {
  it.each([
    [403, "refused"],
    [410, "upload_gone"],
    [413, "too_large"],
  ])("says why: %i is %s", async (status, failure) => {
    fault = (request, response) => request.method === "PATCH" && answer(status)(request, response);
    const state = await uploaderOf(await finishedTake(random(1000))).run();
    expect(state).toEqual({ kind: "failed", failure });
  });

  it("ends when every fresh token is refused", async () => {
    fault = answer(401);
    const state = await uploaderOf(await finishedTake(random(1000))).run();
    expect(state).toEqual({ kind: "failed", failure: "refused" });
  });

  it("ends when the session may not renew", async () => {
    fault = answer(401);
    const take = await finishedTake(random(1000));
    const state = await uploaderOf(take, { renew: async () => null }).run();
    expect(state).toEqual({ kind: "failed", failure: "refused" });
  });

  it("does not write over a server that has more than the device", async () => {
    const take = await finishedTake(random(10_000));
    await uploaderOf(take).run();
    const shorter = await finishedTake(random(4000));
    const state = await uploaderOf(shorter, { resumed: true }).run();
    expect(state).toEqual({ kind: "failed", failure: "server_ahead" });
  });

  it("ends where the server does, when a power cut took the end of what the device kept", async () => {
    const bytes = random(90_000);
    const growing = await newTake();
    await growing.append(bytes);
    const stop = new AbortController();
    const running = uploaderOf(growing, { signal: stop.signal }).run();
    await vi.waitFor(async () => expect((await stored()).byteLength).toBe(90_000));
    stop.abort();
    await running.catch(() => undefined);
    const short = await newTake();
    await short.append(bytes.subarray(0, 40_000));
    await short.close(null);
    expect(await uploaderOf(short, { resumed: true }).run()).toEqual({ kind: "done" });
    expect(sha256(await stored())).toBe(sha256(bytes));
    expect(short.record.closed).toEqual({ byteLength: 90_000, sha256: null, durationMs: null });
    expect(await uploaderOf(short, { resumed: true }).run()).toEqual({ kind: "done" });
  });

  it("is done where the server has it whole, and the device has lost its end", async () => {
    const take = await finishedTake(random(90_000));
    expect(await arrives(take)).toBe(true);
    const short = Object.create(take, { byteLength: { value: 40_000 } }) as SpooledTake;
    expect(await uploaderOf(short, { resumed: true }).run()).toEqual({ kind: "done" });
  });

  it("says the length of what the server has whole, though the device has lost its end", async () => {
    const bytes = random(90_000);
    const growing = await newTake();
    await growing.append(bytes);
    const stop = new AbortController();
    const running = uploaderOf(growing, { signal: stop.signal }).run();
    await vi.waitFor(async () => expect((await stored()).byteLength).toBe(90_000));
    stop.abort();
    await running.catch(() => undefined);
    await growing.close(1000);
    const short = Object.create(growing, { byteLength: { value: 40_000 } }) as SpooledTake;
    expect(await uploaderOf(short, { resumed: true }).run()).toEqual({ kind: "done" });
    expect(growing.record.closed?.sha256).toBe(sha256(bytes));
    expect(await uploaderOf(short, { resumed: true }).run()).toEqual({ kind: "done" });
  });
});
