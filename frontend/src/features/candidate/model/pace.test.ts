import { describe, expect, it } from "vitest";

import { Pace, steadyMinutes } from "./pace";

const MB = 1_000_000;

describe("the pace of an upload", () => {
  it("is told once three seconds were seen", () => {
    const pace = new Pace();
    expect(pace.secondsLeft(0, 0, 100 * MB)).toBeNull();
    expect(pace.secondsLeft(2000, 2 * MB, 100 * MB)).toBeNull();
    expect(pace.secondsLeft(4000, 4 * MB, 100 * MB)).toBe(96);
  });

  it("follows the last ten seconds, and not the best of times", () => {
    const pace = new Pace();
    pace.secondsLeft(0, 0, 100 * MB);
    pace.secondsLeft(10_000, 50 * MB, 100 * MB);
    pace.secondsLeft(20_000, 55 * MB, 100 * MB);
    expect(pace.secondsLeft(30_000, 60 * MB, 100 * MB)).toBe(80);
  });

  it("says nothing while nothing moves", () => {
    const pace = new Pace();
    pace.secondsLeft(0, MB, 9 * MB);
    expect(pace.secondsLeft(8000, MB, 9 * MB)).toBeNull();
  });

  it("begins anew when another answer is counted", () => {
    const pace = new Pace();
    pace.secondsLeft(0, 8 * MB, 9 * MB);
    expect(pace.secondsLeft(5000, MB, 9 * MB)).toBeNull();
  });
});

describe("the minutes shown", () => {
  it("do not jump around a boundary", () => {
    expect(steadyMinutes(null, 125)).toBe(3);
    expect(steadyMinutes(3, 118)).toBe(2);
    expect(steadyMinutes(2, 122)).toBe(2);
    expect(steadyMinutes(2, 170)).toBe(3);
  });

  it("stay while nothing is known, and end with the last seconds", () => {
    expect(steadyMinutes(2, null)).toBe(2);
    expect(steadyMinutes(null, null)).toBeNull();
    expect(steadyMinutes(1, 30)).toBe(0);
  });
});
