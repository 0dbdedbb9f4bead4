import { describe, expect, it } from "vitest";

import { levelling } from "./loudness";

const decibels = (factor: number) => Math.round(20 * Math.log10(factor) * 10) / 10;

describe("levelling", () => {
  it.each([
    ["turns a loud answer down", -16, -0.5, -7],
    ["turns a quiet one up", -33, -15, 10],
    ["turns it up no further than its peak allows", -33, -4, 3],
    ["leaves what is right", -23, -6, 0],
    ["brings a peak at full scale below it", -24, 0, -1],
  ])("%s", (_, lufs, peak, gain) => expect(decibels(levelling(lufs, peak))).toBe(gain));

  it("turns nothing up whose peak nobody measured", () => {
    expect(decibels(levelling(-40, null))).toBe(0);
    expect(decibels(levelling(-13, null))).toBe(-10);
  });
});
