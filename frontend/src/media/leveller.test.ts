import { afterEach, describe, expect, it, vi } from "vitest";

import { levellerOf } from "./leveller";

afterEach(() => vi.unstubAllGlobals());

const answering = (part: Partial<Response>) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => part),
  );

describe("the level of an answer that lies in a bucket", () => {
  it.each([
    ["is turned down", 0.5, 0.4],
    ["is never turned up, and stays what the person chose", 3, 0.8],
  ])("%s", async (_, factor, volume) => {
    answering({ type: "opaqueredirect", ok: false });
    const video = document.createElement("video");
    (await levellerOf(video))({ volume: 0.8, factor });
    expect(video.volume).toBe(volume);
  });
});

describe("the level of an answer that lies here", () => {
  it("is raised beyond what an element can, with the person's volume before it", async () => {
    answering({ type: "basic", ok: true });
    const gain = { gain: { value: 1 }, connect: () => gain };
    vi.stubGlobal(
      "AudioContext",
      class {
        createGain = () => gain;
        createMediaElementSource = () => ({ connect: () => gain });
        resume = vi.fn();
      },
    );
    const video = document.createElement("video");
    (await levellerOf(video))({ volume: 0.8, factor: 3 });
    expect([video.volume, gain.gain.value]).toEqual([0.8, 3]);
  });
});
