import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Bytes } from "./bytes";
import { describeFormat } from "./format";
import { TakeRecorder } from "./takeRecorder";
import { FakeRecorder, FakeStream, installMedia } from "./test/fakeMedia";

const PLAN = { format: describeFormat("video/mp4"), quality: 720 } as const;

const append = vi.fn<(bytes: Bytes | Promise<Bytes>) => Promise<void>>();
const sink = { append, describe: async () => undefined, close: async () => undefined };
const onError = vi.fn<() => void>();

function create(): TakeRecorder {
  return new TakeRecorder(new FakeStream() as unknown as MediaStream, PLAN, sink, onError);
}

beforeEach(() => {
  installMedia();
  append.mockReset().mockResolvedValue();
  onError.mockReset();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a recorder", () => {
  it("skips the empty chunks that Safari sends", async () => {
    const recorder = create();
    await recorder.start();
    FakeRecorder.last?.give("");
    expect(append).not.toHaveBeenCalled();
    expect(recorder.hasBytes).toBe(false);
    FakeRecorder.last?.give("some");
    expect(append).toHaveBeenCalledOnce();
  });

  it("asks a browser for its bytes that does not slice by itself", async () => {
    await create().start();
    FakeRecorder.last?.give("the first");
    await vi.advanceTimersByTimeAsync(3000);
    expect(FakeRecorder.last?.requestData).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(FakeRecorder.last?.requestData).toHaveBeenCalled();
  });

  it("leaves a browser alone whose pieces come every few seconds", async () => {
    await create().start();
    for (let pieces = 0; pieces < 4; pieces += 1) {
      await vi.advanceTimersByTimeAsync(3400);
      FakeRecorder.last?.give("a key frame and what follows");
    }
    expect(FakeRecorder.last?.requestData).not.toHaveBeenCalled();
  });

  it("fails that says it records and never gives a byte", async () => {
    await create().start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onError).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(4000);
    expect(onError).toHaveBeenCalled();
  });

  it("goes on when nothing new has come for long, as long as there was something", async () => {
    await create().start();
    FakeRecorder.last?.give("before the phone slept");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onError).not.toHaveBeenCalled();
  });

  it("does not wait for ever for the end that a browser never tells", async () => {
    const recorder = create();
    await recorder.start();
    vi.spyOn(FakeRecorder.prototype, "stop").mockImplementation(() => undefined);
    const stopped = recorder.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(stopped).resolves.toBeUndefined();
  });

  it("takes nothing any more from a browser that was too late with its end", async () => {
    const recorder = create();
    await recorder.start();
    vi.spyOn(FakeRecorder.prototype, "stop").mockImplementation(() => undefined);
    const stopped = recorder.stop();
    FakeRecorder.last?.give("in time");
    await vi.advanceTimersByTimeAsync(10_000);
    await stopped;
    FakeRecorder.last?.give("too late");
    expect(append).toHaveBeenCalledOnce();
  });

  it("does not wait for ever for the start that a browser never tells", async () => {
    vi.spyOn(FakeRecorder.prototype, "start").mockImplementation(() => undefined);
    const failed = create()
      .start()
      .catch(({ message }: Error) => message);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failed).toContain("did not start");
    FakeRecorder.last?.give("too late");
    expect(append).not.toHaveBeenCalled();
  });

  it("raises where the browser fails instead of starting", async () => {
    FakeRecorder.broken = [PLAN.format.mimeType];
    await expect(create().start()).rejects.toThrow();
  });
});
