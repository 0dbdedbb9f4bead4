import { describe, expect, it } from "vitest";

import { captionsLanguage } from "./captions";
import { keyName } from "./keys";
import { parsePreferences } from "./preferences";

const usual = parsePreferences(null);

describe("what a person prefers", () => {
  it("comes back as it was kept", () => {
    const kept = { ...usual, rate: 1.5, volume: 0.4, showsCaptions: true, captionsLanguage: "ar" };
    expect(parsePreferences(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([["{"], ["null"], ['{"rate": 17, "volume": "loud", "isMuted": 1}'], ["[]"]])(
    "is the usual where %s was kept",
    (text) => expect(parsePreferences(text)).toEqual(usual),
  );
});

describe("the language of captions", () => {
  const captions = ["fr", "ar-MA"].map((language) => ({ url: "", label: "", language }));

  it.each([
    ["what was chosen", "fr", "ar", "fr"],
    ["else the reader's own", "de", "ar", "ar-MA"],
    ["else what there is", null, "en", "fr"],
  ])("is %s", (_, chosen, own, language) =>
    expect(captionsLanguage(captions, chosen, own)).toBe(language),
  );

  it("is none without captions", () => expect(captionsLanguage([], "fr", "fr")).toBeNull());
});

describe("a key", () => {
  it.each([
    ["k", "KeyK", "k"],
    ["K", "KeyK", "k"],
    ["ن", "KeyK", "k"],
    ["à", "Digit0", "0"],
    ["7", "Numpad7", "7"],
    [">", "IntlBackslash", ">"],
    ["ArrowLeft", "ArrowLeft", "arrowleft"],
    ["q", "KeyA", "q"],
  ])("that writes %s at %s is called %s", (key, code, name) =>
    expect(keyName({ key, code })).toBe(name),
  );
});
