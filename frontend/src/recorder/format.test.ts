import { describe, expect, it } from "vitest";

import { chooseFormats, recorderOptions } from "./format";
import { estimatedBytes, qualityOfHeight, stepDown } from "./quality";
import { checkSupport } from "./support";

const only =
  (...parts: string[]) =>
  (type: string) =>
    parts.some((part) => type.includes(part));

const types = (supports: (type: string) => boolean, kind: "video" | "sound" = "video") =>
  chooseFormats(supports, kind).map(({ mimeType }) => mimeType);

describe("the format", () => {
  it("is WebM with H.264 first, then VP9, VP8, and MP4 where there is nothing else", () => {
    expect(types(() => true).slice(0, 3)).toEqual([
      "video/webm;codecs=h264,opus",
      "video/webm;codecs=vp9,opus",
      "video/webm;codecs=vp8,opus",
    ]);
    expect(types(only("vp8"))).toEqual(["video/webm;codecs=vp8,opus"]);
    expect(chooseFormats(only("mp4"), "video")[0]?.container).toBe("video/mp4");
    expect(types(() => false)).toEqual([]);
  });

  it("is Opus in WebM for sound alone, or MP4", () => {
    expect(types(() => true, "sound")[0]).toBe("audio/webm;codecs=opus");
    expect(types(only("audio/mp4"), "sound").at(-1)).toBe("audio/mp4");
  });

  it("takes fewer bits for a smaller picture, and none for no picture", () => {
    const [format] = chooseFormats(() => true, "video");
    if (!format) throw new Error("no format");
    const bits = ([720, 480, 360, "audio"] as const).map(
      (quality) => recorderOptions(format, quality).videoBitsPerSecond,
    );
    expect(bits).toEqual([1_500_000, 800_000, 500_000, undefined]);
  });
});

describe("the size of an answer", () => {
  it.each([
    [720, 18],
    [480, 10],
    [360, 7],
    ["audio", 1],
  ] as const)("of 90 seconds at %s is about %i megabytes", (quality, megabytes) => {
    expect(Math.round(estimatedBytes(quality, 90) / 1e6)).toBe(megabytes);
  });

  it("goes down in steps, and not below the smallest picture", () => {
    expect([720, 480, 360].map((one) => stepDown(one as 720))).toEqual([480, 360, 360]);
  });

  it("is no larger than the camera's picture", () => {
    expect([1080, 720, 600, 480, 240].map(qualityOfHeight)).toEqual([720, 720, 480, 480, 360]);
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
