import { describe, expect, it } from "vitest";

import { condense, percent, tileAt, timeAt } from "./seeking";

describe("a pointer on the bar", () => {
  const bar = { left: 100, width: 400 };

  it.each([
    [100, 0],
    [300, 45],
    [500, 90],
    [20, 0],
    [900, 90],
  ])("at %i pixels means second %i", (x, second) => expect(timeAt(x, bar, 90)).toBe(second));

  it("means the beginning as long as the bar has no width", () => {
    expect(timeAt(300, { left: 100, width: 0 }, 90)).toBe(0);
  });
});

it("writes a time as a part of the whole, never more than that", () => {
  expect([percent(30, 120), percent(130, 120), percent(3, 0)]).toEqual(["25%", "100%", "0%"]);
});

describe("a tile of the storyboard", () => {
  const sheet = {
    columns: 4,
    rows: 2,
    tile_width: 160,
    tile_height: 90,
    interval_seconds: 5,
    tiles: 7,
  };

  it.each([
    ["the first", 4.9, { x: 0, y: 0 }],
    ["the next", 5, { x: 160, y: 0 }],
    ["of the second row", 21, { x: 0, y: 90 }],
    ["the last, for all that follows", 99, { x: 320, y: 90 }],
  ])("is %s", (_, time, place) => expect(tileAt(time, sheet)).toEqual(place));
});

describe("peaks", () => {
  it("are as many as there is room for, each the highest of its part", () => {
    expect(condense([1, 9, 2, 3, 8, 4], 3)).toEqual([9, 3, 8]);
  });

  it("stay as they are where there is room for all", () => {
    expect(condense([1, 9], 160)).toEqual([1, 9]);
    expect(condense([], 160)).toEqual([]);
  });
});
