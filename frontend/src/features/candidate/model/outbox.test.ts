import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";
import { Spool, type SpooledTake } from "@/recorder/delivery";
import { memoryStore } from "@/recorder/spool/memoryStore";
import { server as mocks } from "@/test/server";

import { fakeServer, interviewOf, question } from "../test/fakeServer";
import { Outbox } from "./outbox";
import type { OpenedQuestion, OpenedTake, ReceiptRow } from "./types";

const QUESTION = question(1, { takes_used: 1 });
const UPLOAD = `up-${QUESTION.id}-1`;
const TICKET = { id: UPLOAD, url: "/api/upload/", token: "t" };

const api = {
  renewUpload: vi.fn<() => Promise<typeof TICKET>>(),
  submit: vi.fn<(submission: object) => Promise<unknown>>(),
  receipt: vi.fn<() => Promise<ReceiptRow[]>>(),
  openQuestion: vi.fn<() => Promise<OpenedQuestion>>(),
  openTake: vi.fn<() => Promise<OpenedTake>>(),
};
const report = vi.fn<(kind: string, data: Record<string, unknown>) => void>();

let spool: Spool;
let outbox: Outbox;
let network: EventTarget;

beforeEach(() => {
  vi.resetAllMocks();
  // The shortest waits that the back-off can give.
  vi.spyOn(Math, "random").mockReturnValue(0);
  mocks.use(...fakeServer(interviewOf([QUESTION])).handlers);
  spool = new Spool(memoryStore(), "s");
  network = new EventTarget();
  outbox = new Outbox(api, spool, report, network);
  api.renewUpload.mockResolvedValue(TICKET);
  api.submit.mockResolvedValue({});
  api.receipt.mockResolvedValue([rowOf("verified")]);
});

const rowOf = (state: string, more: Partial<ReceiptRow> = {}): ReceiptRow => ({
  question_id: QUESTION.id,
  position: 1,
  upload: UPLOAD,
  sha256: "",
  bytes: 5,
  state,
  reason: null,
  reason_text: null,
  given_back: false,
  text: "",
  answer_kind: "recorded",
  written: "",
  chosen: [],
  file_name: "",
  submitted_at: null,
  url: null,
  ...more,
});

async function finishedTake(): Promise<SpooledTake> {
  const take = await spool.create({
    takeId: "t1",
    questionId: QUESTION.id,
    uploadId: UPLOAD,
    mimeType: "video/webm",
  });
  await take.append(new TextEncoder().encode("words"));
  await take.close(900);
  return take;
}

const phase = () => outbox.getItems()[0]?.phase;

describe("once another page took over", () => {
  it("sends and writes nothing more, and shows what it had as that page's", async () => {
    api.submit.mockRejectedValue(new ApiError(503, "", ""));
    const take = await finishedTake();
    outbox.send(take, TICKET);
    await vi.waitFor(() => expect(api.submit).toHaveBeenCalledOnce());
    const settled = outbox.settled();
    outbox.leave();
    await expect(settled).rejects.toMatchObject({ code: "other_tab" });
    await take.markSubmitted();
    network.dispatchEvent(new Event("online"));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(api.submit).toHaveBeenCalledOnce();
    expect(phase()).toBe("elsewhere");
    expect(take.record.submitted).toBe(false);
    expect(report).not.toHaveBeenCalledWith("answer_failed", expect.anything());
  });
});

describe("an answer on its way", () => {
  it("is handed in without a hash where the device lost its end", async () => {
    const take = await finishedTake();
    await take.endAt(5);
    outbox.send(take, TICKET);
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledWith({ question: QUESTION.id, upload: UPLOAD });
  });

  it("is sent, handed in with its hash, and leaves the device once it is checked", async () => {
    outbox.send(await finishedTake(), TICKET);
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledWith({
      question: QUESTION.id,
      upload: UPLOAD,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      duration_ms: 900,
    });
    expect(await spool.takes()).toHaveLength(1);
    await expect.poll(phase, { timeout: 5000 }).toBe("verified");
    expect(await spool.takes()).toEqual([]);
    expect(outbox.getReceipt()).toEqual([rowOf("verified")]);
  });

  it("is handed in again when the answer to that was lost", async () => {
    api.submit.mockRejectedValueOnce(new ApiError(0, "network", ""));
    api.submit.mockRejectedValueOnce(new ApiError(503, "http_503", ""));
    outbox.send(await finishedTake(), TICKET);
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledTimes(3);
  });

  it("goes back to sending when the server misses bytes", async () => {
    api.submit.mockRejectedValueOnce(new ApiError(409, "upload_incomplete", ""));
    outbox.send(await finishedTake(), TICKET);
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledTimes(2);
  });

  it("is not sent on for ever, nor without a pause, when the server misses bytes", async () => {
    const pauses = vi.spyOn(globalThis, "setTimeout");
    api.submit.mockRejectedValue(new ApiError(409, "upload_incomplete", ""));
    const hurry = setInterval(() => network.dispatchEvent(new Event("online")), 5);
    outbox.send(await finishedTake(), TICKET);
    await expect(outbox.settled()).rejects.toMatchObject({ code: "upload_failed" });
    clearInterval(hurry);
    expect(api.submit).toHaveBeenCalledTimes(5);
    expect(pauses.mock.calls.map(([, ms]) => ms)).toEqual(
      expect.arrayContaining([250, 500, 1000, 2000]),
    );
    expect(failure()?.code).toBe("upload_incomplete");
  });

  it("fails once when the server neither takes more of it nor has all of it", async () => {
    mocks.use(http.head("*/api/upload/:id/", () => new HttpResponse(null, { status: 401 })));
    api.renewUpload.mockRejectedValue(new ApiError(404, "take_unknown", ""));
    api.submit.mockRejectedValue(new ApiError(409, "upload_incomplete", ""));
    await finishedTake();
    await outbox.resume();
    await expect(outbox.settled()).rejects.toMatchObject({ code: "upload_failed" });
    expect(api.submit).toHaveBeenCalledOnce();
  });

  it("waits longer each time while the server fails to renew its permission", async () => {
    const asked: number[] = [];
    mocks.use(http.head("*/api/upload/:id/", () => new HttpResponse(null, { status: 401 })));
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((act: () => void, ms = 0) => {
      if (ms < 60_000) asked.push(ms);
      if (ms < 60_000) queueMicrotask(act);
      return 0;
    }) as never);
    for (let times = 0; times < 4; times += 1) {
      api.renewUpload.mockRejectedValueOnce(new ApiError(500, "http_500", ""));
    }
    api.renewUpload.mockRejectedValue(new ApiError(404, "link_unknown", ""));
    await finishedTake();
    await outbox.resume();
    await expect.poll(phase).toBe("failed");
    expect(asked.filter((ms) => ms >= 250).slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(api.submit).not.toHaveBeenCalled();
  });

  it("is checked although the device does not let go of its copy", async () => {
    const take = await finishedTake();
    vi.spyOn(spool, "remove").mockRejectedValue(new Error("closed"));
    outbox.send(take, TICKET);
    await outbox.checked();
    expect(phase()).toBe("verified");
    expect(report).toHaveBeenCalledWith("spool_kept", { take: "t1" });
  });

  it("says that it failed, stays on the device, and can be tried again", async () => {
    api.submit.mockRejectedValueOnce(new ApiError(404, "take_unknown", ""));
    outbox.send(await finishedTake(), TICKET);
    await expect(outbox.settled()).rejects.toMatchObject({ code: "upload_failed" });
    expect(report).toHaveBeenCalledWith("answer_failed", { take: "t1", failure: "take_unknown" });
    expect((await outbox.download("t1"))?.size).toBe(5);
    outbox.again("t1");
    await outbox.settled();
    expect(phase()).not.toBe("failed");
  });

  it("is being confirmed, and not failed, as long as the answer to that is lost", async () => {
    const seen = new Set<string>();
    outbox.subscribe(() => seen.add(`${phase()} ${outbox.getItems()[0]?.waiting}`));
    api.submit.mockRejectedValueOnce(new ApiError(0, "network", ""));
    outbox.send(await finishedTake(), TICKET);
    await outbox.settled();
    expect([...seen]).toContain("confirming true");
    expect([...seen].join()).not.toContain("failed");
  });

  it("names a withdrawn link as such", async () => {
    api.submit.mockRejectedValueOnce(new ApiError(404, "link_unknown", ""));
    outbox.send(await finishedTake(), TICKET);
    await expect(outbox.settled()).rejects.toThrow();
    expect(failure()).toMatchObject({ code: "link_revoked", givenBack: false });
  });

  it("says when the copy on the device cannot be read", async () => {
    const take = await finishedTake();
    vi.spyOn(take, "read").mockRejectedValue(new Error("no chunk at this offset"));
    outbox.send(take, TICKET);
    await expect(outbox.settled()).rejects.toThrow();
    expect(failure()?.code).toBe("spool_unreadable");
  });
});

const failure = () => outbox.getItems()[0]?.failure;

async function refusedTake(reason: string): Promise<SpooledTake> {
  const take = await finishedTake();
  const words = { reason, reason_text: "Words.", given_back: false };
  api.receipt.mockResolvedValueOnce([rowOf("rejected", words)]);
  api.receipt.mockResolvedValue([rowOf("rejected", { ...words, given_back: true })]);
  outbox.send(take, TICKET);
  await outbox.checked();
  return take;
}

describe("an answer that the server refuses", () => {
  it("stays on the device, says why, and waits for what the server decides", async () => {
    await refusedTake("damaged");
    expect(phase()).toBe("failed");
    expect(failure()).toEqual({ code: "damaged", text: "Words.", refused: true, givenBack: true });
    await expect(outbox.settled()).rejects.toMatchObject({ code: "upload_failed" });
    expect(await spool.takes()).toHaveLength(1);
    expect((await outbox.download("t1"))?.size).toBe(5);
  });

  it("is not asked about for ever when it counts as an attempt", async () => {
    const receipt = vi.fn(async () => [rowOf("rejected", { reason: "not_a_video" })]);
    outbox = new Outbox({ ...api, receipt }, spool, report, network);
    // The network comes back all the time: no wait is longer than a moment.
    const hurry = setInterval(() => network.dispatchEvent(new Event("online")), 5);
    outbox.send(await finishedTake(), TICKET);
    await outbox.checked();
    clearInterval(hurry);
    expect(failure()).toMatchObject({ code: "not_a_video", givenBack: false });
    expect(receipt.mock.calls.length).toBeLessThan(10);
    await expect(outbox.settled()).resolves.toBeUndefined();
  });

  it("is sent anew from the device, as another attempt", async () => {
    await refusedTake("hash_mismatch");
    const second = { ...TICKET, id: `up-${QUESTION.id}-2` };
    mocks.use(...fakeServer(interviewOf([{ ...QUESTION, takes_used: 2 }])).handlers);
    api.openTake.mockResolvedValue({
      take: { id: "t2", number: 2, deadline: "" },
      upload: second,
    });
    api.receipt.mockResolvedValue([rowOf("ready", { upload: second.id })]);
    outbox.again("t1");
    await expect.poll(() => outbox.getItems()[0]?.takeId).toBe("t2");
    await outbox.checked();
    expect(api.submit).toHaveBeenLastCalledWith(expect.objectContaining({ upload: second.id }));
    expect(phase()).toBe("verified");
    expect(await spool.takes()).toEqual([]);
  });

  it("makes room for the next attempt, and leaves the device with it", async () => {
    await refusedTake("damaged");
    const next = await spool.create({
      takeId: "t2",
      questionId: QUESTION.id,
      uploadId: UPLOAD,
      mimeType: "video/webm",
    });
    await next.append(new TextEncoder().encode("again"));
    await next.close(900);
    expect(await spool.takes()).toHaveLength(2);
    api.receipt.mockResolvedValue([rowOf("verified")]);
    outbox.send(next, TICKET);
    await outbox.checked();
    expect(outbox.getItems()).toHaveLength(1);
    expect(await spool.takes()).toEqual([]);
  });
});

describe("an attempt that was given back because of the device", () => {
  it("is handed in after all, once its bytes are there already", async () => {
    outbox.send(await finishedTake(), TICKET);
    await outbox.checked();
    outbox.giveBack("t1");
    outbox.keep({ take: "t1", upload: UPLOAD }, QUESTION.id);
    await outbox.checked();
    expect(api.submit).toHaveBeenLastCalledWith({ question: QUESTION.id, upload: UPLOAD });
    expect(phase()).toBe("verified");
  });

  it("is not sent by itself after a reload", async () => {
    const take = await finishedTake();
    const fault = { take: take.record.takeId, upload: UPLOAD, reason: null, reason_text: null };
    expect(await outbox.resume([fault])).toEqual({ kept: [], interrupted: [] });
    expect(failure()?.code).toBe("given_back");
    expect(api.submit).not.toHaveBeenCalled();
    outbox.keep(fault, QUESTION.id);
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledOnce();
  });
});

describe("beside another tab", () => {
  it("shows what is on the device, and sends nothing", async () => {
    await finishedTake();
    await outbox.peek();
    expect(phase()).toBe("elsewhere");
    expect((await outbox.download("t1"))?.size).toBe(5);
    expect(api.submit).not.toHaveBeenCalled();
  });
});

describe("after a reload", () => {
  it("sends what an earlier page left, closed or not, and says for which questions", async () => {
    const take = await spool.create({
      takeId: "t1",
      questionId: QUESTION.id,
      uploadId: UPLOAD,
      mimeType: "video/webm",
    });
    await take.append(new TextEncoder().encode("cut sho"));
    expect(await outbox.resume()).toEqual({ kept: [QUESTION.id], interrupted: [QUESTION.id] });
    await outbox.settled();
    expect(api.submit).toHaveBeenCalledWith(
      expect.objectContaining({ upload: UPLOAD, sha256: expect.any(String) }),
    );
    expect(api.submit.mock.calls[0]?.[0]).not.toHaveProperty("duration_ms");
  });

  it("forgets a take without a byte: the question is still to be answered", async () => {
    await spool.create({
      takeId: "t1",
      questionId: QUESTION.id,
      uploadId: UPLOAD,
      mimeType: "video/webm",
    });
    expect(await outbox.resume()).toEqual({ kept: [], interrupted: [] });
    expect(await spool.takes()).toEqual([]);
  });

  it("does not hand in twice what was handed in", async () => {
    await (await finishedTake()).markSubmitted();
    expect(await outbox.resume()).toEqual({ kept: [QUESTION.id], interrupted: [] });
    await expect.poll(phase, { timeout: 5000 }).toBe("verified");
    expect(api.submit).not.toHaveBeenCalled();
  });
});
