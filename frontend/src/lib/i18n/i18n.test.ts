import { describe, expect, it } from "vitest";

import { createI18n } from "./i18n";

const days = {
  zero: "لا أيام",
  one: "يوم واحد",
  two: "يومان",
  few: "{count} أيام",
  many: "{count} يومًا",
  other: "{count} يوم",
};

describe("messages", () => {
  it("picks each of the six Arabic plural forms", () => {
    const { t } = createI18n("ar", { days });
    const said = [0, 1, 2, 3, 11, 100].map((count) => t("days", { count }));
    expect(said).toEqual(["لا أيام", "يوم واحد", "يومان", "3 أيام", "11 يومًا", "100 يوم"]);
  });

  it("treats zero as singular in French, plural in English", () => {
    const message = { one: "{count} réponse", other: "{count} réponses" };
    expect(createI18n("fr", { message }).t("message", { count: 0 })).toBe("0 réponse");
    expect(createI18n("en", { message }).t("message", { count: 0 })).toBe("0 réponses");
  });

  it("isolates Latin words in an Arabic sentence", () => {
    const { t } = createI18n("ar", { hello: "مرحبًا {name}" });
    expect(t("hello", { name: "Zoé" })).toBe("مرحبًا \u2068Zoé\u2069");
  });

  it("refuses a key that does not exist", () => {
    expect(() => createI18n("fr", {}).t("absent")).toThrow("absent");
  });

  it("leaves a hole for markup where no value was given", () => {
    const { parts } = createI18n("en", { sent: "Sent to {email}." });
    expect(parts("sent")).toEqual(["Sent to ", { name: "email" }, "."]);
  });
});

describe("formats", () => {
  it("writes numbers and dates as the language does", () => {
    expect(createI18n("fr", {}).number(0.82, { style: "percent" })).toBe("82\u00a0%");
    expect(createI18n("ar", {}).number(6.8)).toBe("6,8");
    expect(createI18n("en", {}).date("2026-11-20T10:00:00Z")).toBe("20 Nov 2026");
  });
});
