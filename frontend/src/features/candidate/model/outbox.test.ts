import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";
import { Spool, type SpooledTake } from "@/recorder/delivery";
import { memoryStore } from "@/recorder/spool/memoryStore";
import { server as mocks } from "@/test/server";

import { fakeServer, interviewOf, question } from "../test/fakeServer";
import { Outbox } from "./outbox";
import type { ReceiptRow } from "./types";

const QUESTION = question(1, { takes_used: 1 });
const UPLOAD = `up-${QUESTION.id}-1`;
const TICKET = { id: UPLOAD, url: "/api/upload/", token: "t" };

const api = {
  renewUpload: vi.fn<() => Promise<typeof TICKET>>(),
  submit: vi.fn<(submission: object) => Promise<unknown>>(),
  receipt: vi.fn<() => Promise<ReceiptRow[]>>(),
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

const rowOf = (state: string): ReceiptRow => ({
  question_id: QUESTION.id,
  position: 1,
  sha256: "",
  bytes: 5,
  state,
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

describe("an answer on its way", () => {
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

  it("is not deleted from the device when the server refuses the file", async () => {
    api.receipt.mockResolvedValue([rowOf("rejected")]);
    outbox.send(await finishedTake(), TICKET);
    await expect.poll(phase, { timeout: 5000 }).toBe("failed");
    expect(await spool.takes()).toHaveLength(1);
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
