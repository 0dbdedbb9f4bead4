import { expect, it } from "vitest";

import { momentOf } from "./filter-names";

it("takes a day from its first moment to the next day's", () => {
  const from = new Date(momentOf("2026-03-28"));
  const until = new Date(momentOf("2026-03-28", true));
  expect([from.getHours(), from.getDate()]).toEqual([0, 28]);
  expect([until.getHours(), until.getDate()]).toEqual([0, 29]);
});

it("leaves out what is no day", () => {
  expect(["", "yesterday", "2026-13-40"].map((day) => momentOf(day))).toEqual(["", "", ""]);
});
