import { beforeEach, describe, expect, it, vi } from "vitest";

import { describeFormat } from "./format";
import { FakeRecorder, FakeStream, installMedia } from "./test/fakeMedia";
import { givesBytes } from "./trial";

const FORMAT = describeFormat("video/webm;codecs=vp8,opus");
const stream = () => new FakeStream() as unknown as MediaStream;

beforeEach(() => void installMedia());

describe("a trial recording", () => {
  it("ends with the first byte", async () => {
    expect(await givesBytes(stream(), FORMAT)).toBe(true);
    expect(FakeRecorder.last?.state).toBe("inactive");
  });

  it("fails where the recorder gives nothing", async () => {
    FakeRecorder.mute = true;
    expect(await givesBytes(stream(), FORMAT, 10)).toBe(false);
    expect(FakeRecorder.last?.state).toBe("inactive");
  });

  it("fails where the browser refuses to record", async () => {
    vi.stubGlobal("MediaRecorder", { isTypeSupported: () => false });
    expect(await givesBytes(stream(), FORMAT)).toBe(false);
  });
});
