import { fireEvent, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Media } from "./media";
import { parsePreferences } from "./preferences";
import { useSettings } from "./use-settings";

vi.mock("./leveller", () => ({
  levellerOf: vi.fn(async () => Promise.reject(new TypeError("Failed to fetch"))),
}));

it("obeys the person's volume where what levels the sound does not come", async () => {
  const video = document.createElement("video");
  Object.defineProperty(video, "paused", { value: false });
  const mediaRef = { current: video };
  const media = { loudnessLufs: -40, peakDbfs: -20 } as Media;
  const change = vi.fn<() => void>();
  const { rerender } = renderHook(
    ({ volume }) => {
      const preferences = { ...parsePreferences(null), isLevelled: true, volume };
      useSettings(mediaRef, media, preferences, change);
    },
    { initialProps: { volume: 0.4 } },
  );
  await expect.poll(() => video.volume).toBe(0.4);
  rerender({ volume: 0.2 });
  fireEvent.play(video);
  await expect.poll(() => video.volume).toBe(0.2);
});
