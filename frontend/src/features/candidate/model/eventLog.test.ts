import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";

import { EventLog } from "./eventLog";
import type { PageEvent } from "./types";

const send = vi.fn<(events: PageEvent[], keepalive: boolean) => Promise<void>>();
const kinds = () => send.mock.calls.map(([events]) => events.map((event) => event.kind));

beforeEach(() => {
  vi.useFakeTimers();
  send.mockReset().mockResolvedValue();
  return () => vi.useRealTimers();
});

describe("the log", () => {
  it("keeps what happened before the session, and tells it in one batch", async () => {
    const log = new EventLog();
    log.add("page_opened", { online: true });
    log.add("step");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(send).not.toHaveBeenCalled();
    log.connect(send);
    await vi.advanceTimersByTimeAsync(5000);
    expect(kinds()).toEqual([["page_opened", "step"]]);
  });

  it("sends at once, and past the page's end, when it is left", async () => {
    const log = new EventLog();
    log.connect(send);
    log.add("page_left");
    await log.flush(true);
    expect(send).toHaveBeenCalledWith([expect.objectContaining({ kind: "page_left" })], true);
  });

  it("tells it later when the network is away", async () => {
    const log = new EventLog();
    log.connect(send);
    send.mockRejectedValueOnce(new ApiError(0, "network", ""));
    log.add("offline");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kinds()).toEqual([["offline"], ["offline"]]);
  });

  it("drops what the server refuses", async () => {
    const log = new EventLog();
    log.connect(send);
    send.mockRejectedValueOnce(new ApiError(400, "invalid", ""));
    log.add("odd");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(send).toHaveBeenCalledOnce();
  });

  it("stays within what a request may carry", async () => {
    const log = new EventLog();
    log.connect(send);
    for (let count = 0; count < 400; count += 1) log.add("step");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Math.max(...kinds().map((batch) => batch.length))).toBe(50);
    expect(kinds().flat()).toHaveLength(300);
  });
});
