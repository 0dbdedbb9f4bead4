import { describe, expect, it } from "vitest";

import { chooseFormat, estimatedBytes, recorderOptions } from "./format";
import { checkSupport } from "./support";

const only =
  (...parts: string[]) =>
  (type: string) =>
    parts.some((part) => type.includes(part));

describe("the format", () => {
  it("is WebM with H.264 first, then VP9, VP8, and MP4 where there is nothing else", () => {
    expect(chooseFormat(() => true)?.mimeType).toBe("video/webm;codecs=h264,opus");
    expect(chooseFormat(only("vp8", "vp9"))?.mimeType).toBe("video/webm;codecs=vp9,opus");
    expect(chooseFormat(only("vp8"))?.mimeType).toBe("video/webm;codecs=vp8,opus");
    expect(chooseFormat(only("mp4"))).toMatchObject({ container: "video/mp4", extension: "mp4" });
    expect(chooseFormat(() => false)).toBeNull();
  });

  it("takes fewer bits for a smaller picture", () => {
    const format = chooseFormat(() => true);
    if (!format) throw new Error("no format");
    const bits = [720, 480, 360].map(
      (height) => recorderOptions(format, height).videoBitsPerSecond,
    );
    expect(bits).toEqual([1_500_000, 800_000, 500_000]);
    expect(estimatedBytes(720, 90)).toBeGreaterThan(15_000_000);
  });
});

describe("a browser's support", () => {
  const whole = {
    isSecureContext: true,
    mediaDevices: { getUserMedia: () => Promise.reject(new Error("unused")) },
    MediaRecorder: { isTypeSupported: () => true },
    subtle: crypto.subtle,
  };

  it("is complete, or names what is in the way", () => {
    expect(checkSupport(whole).ok).toBe(true);
    expect(checkSupport({ ...whole, isSecureContext: false, mediaDevices: undefined })).toEqual({
      ok: false,
      reason: "insecure_page",
    });
    const unsupported = { ok: false, reason: "unsupported_browser" };
    expect(checkSupport({ ...whole, MediaRecorder: undefined })).toEqual(unsupported);
    expect(checkSupport({ ...whole, mediaDevices: undefined })).toEqual(unsupported);
    expect(checkSupport({ ...whole, MediaRecorder: { isTypeSupported: () => false } })).toEqual(
      unsupported,
    );
  });
});
