import { describe, expect, it } from "vitest";

import { createI18n } from "@/lib/i18n";

import { clock, spoken } from "./time";

const { number } = createI18n("en", {});

describe("a time on the clock", () => {
  it.each([
    [0, "0:00"],
    [83.9, "1:23"],
    [3600 + 62, "1:01:02"],
    [-1, "0:00"],
  ])("of %d seconds is %s", (seconds, text) => expect(clock(seconds, number)).toBe(text));

  it("has the digits of the language", () => {
    const digits = new Intl.NumberFormat("ar-EG");
    const egyptian = (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat("ar-EG", options).format(value);
    expect(clock(83, egyptian)).toBe(`${digits.format(1)}:${digits.format(23)}`);
  });
});

describe("a time in words", () => {
  it.each([
    ["fr", 3723, "1 heure, 2 minutes et 3 secondes"],
    ["en", 60, "1 minute"],
    ["en", 0.4, "0 seconds"],
  ] as const)("is said in %s", (language, seconds, words) => {
    const i18n = createI18n(language, {});
    const said = spoken(seconds, i18n.number, i18n.list);
    // Some of the spaces do not break, others do.
    expect(said.replaceAll("\u00a0", " ")).toBe(words);
  });
});
