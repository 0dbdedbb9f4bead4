import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Picture } from "../state";
import { FakeStream } from "../test/fakeMedia";
import { judge, PictureWatch } from "./pictureWatch";

describe("a picture", () => {
  it.each([
    [[0, 0], null],
    [[0, 0, 0], "frozen"],
    [[30, 30, 0, 0, 0], "frozen"],
    [[30, 0, 0], null],
    [[30, 30, 30, 30, 30], "moving"],
    [[15, 12, 9, 10, 11], "moving"],
    [[6, 5, 7, 6, 6], "slow"],
    [[6, 5, 7], null],
  ])("of %j frames in a second is %s", (frames, picture) => {
    expect(judge(frames)).toBe(picture);
  });
});

describe("the watch over a picture", () => {
  const seen = vi.fn<(picture: Picture) => void>();
  let draw: () => void = () => undefined;

  beforeEach(() => {
    seen.mockReset();
    vi.useFakeTimers();
    Object.assign(HTMLVideoElement.prototype, {
      requestVideoFrameCallback: (callback: () => void) => ((draw = callback), 1),
      cancelVideoFrameCallback: () => undefined,
      play: async () => undefined,
    });
  });

  afterEach(() => {
    vi.useRealTimers();
    Reflect.deleteProperty(HTMLVideoElement.prototype, "requestVideoFrameCallback");
  });

  const watch = () => PictureWatch.of(new FakeStream() as unknown as MediaStream, seen);
  const second = (frames: number) => {
    for (let frame = 0; frame < frames; frame += 1) draw();
    vi.advanceTimersByTime(1000);
  };

  it("says when it stops, as Safari's does after a while, and when it moves again", () => {
    watch();
    for (let seconds = 0; seconds < 5; seconds += 1) second(30);
    expect(seen).toHaveBeenLastCalledWith("moving");
    for (let seconds = 0; seconds < 3; seconds += 1) second(0);
    expect(seen).toHaveBeenLastCalledWith("frozen");
    for (let seconds = 0; seconds < 5; seconds += 1) second(30);
    expect(seen).toHaveBeenLastCalledWith("moving");
  });

  it("says nothing of a hidden page, where no frame is drawn", () => {
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    watch();
    for (let seconds = 0; seconds < 10; seconds += 1) second(0);
    expect(seen).not.toHaveBeenCalled();
  });

  it("ends with the stream", () => {
    watch()?.stop();
    for (let seconds = 0; seconds < 10; seconds += 1) second(0);
    expect(seen).not.toHaveBeenCalled();
  });

  it("is not there where the browser does not count, nor without a picture", () => {
    expect(PictureWatch.of(new FakeStream(true) as unknown as MediaStream, seen)).toBeNull();
    Reflect.deleteProperty(HTMLVideoElement.prototype, "requestVideoFrameCallback");
    expect(watch()).toBeNull();
  });
});
