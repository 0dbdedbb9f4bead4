import { describe, expect, it } from "vitest";

import { dayIn, momentIn, zonesWith } from "./zone";

describe("a day in a time zone", () => {
  it.each([
    ["Asia/Riyadh", "2029-12-31T22:30:00Z", "2030-01-01"],
    ["America/New_York", "2029-12-31T22:30:00Z", "2029-12-31"],
    ["UTC", "2026-11-20T00:00:00Z", "2026-11-20"],
  ])("in %s holds the moment", (zone, moment, day) => {
    expect(dayIn(zone, moment)).toBe(day);
  });

  it.each([
    ["Europe/Paris", "2026-07-01", "2026-06-30T22:00:00.000Z"],
    ["Europe/Paris", "2026-12-01", "2026-11-30T23:00:00.000Z"],
    // The clocks change in the night before: the offset of the day itself counts.
    ["Europe/Paris", "2026-03-30", "2026-03-29T22:00:00.000Z"],
    ["America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z"],
  ])("in %s begins with its midnight", (zone, day, moment) => {
    expect(momentIn(zone, day, "00:00:00")).toBe(moment);
    expect(dayIn(zone, moment)).toBe(day);
  });

  it("is empty when it is not chosen", () => {
    expect(momentIn("UTC", "", "00:00:00")).toBe("");
    expect(dayIn("UTC", "")).toBe("");
  });

  it("offers a zone that the browser calls otherwise", () => {
    expect(zonesWith("Asia/Calcutta")).toContain("Asia/Calcutta");
    expect(zonesWith("Europe/Paris")).toContain("Asia/Riyadh");
  });
});
