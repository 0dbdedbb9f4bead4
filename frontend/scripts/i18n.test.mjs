// @ts-check
import ts from "typescript";
import { describe, expect, it } from "vitest";

import { askedKeys, compareCatalogues, literalTexts, possibleKeys } from "./i18n.mjs";

/** @param {string} code */
const parse = (code) =>
  ts.createSourceFile("page.tsx", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

describe("catalogues", () => {
  it("agree", () => {
    const fr = { hello: "Bonjour {name}", days: { one: "{count} jour", other: "{count} jours" } };
    const en = { hello: "Hello {name}", days: { one: "{count} day", other: "{count} days" } };
    expect(compareCatalogues({ fr, en })).toEqual([]);
  });

  it.each([
    ["a missing key", { en: {} }, "missing"],
    ["an extra key", { en: { hello: "Hello {name}", more: "More" } }, "not in the first"],
    ["another placeholder", { en: { hello: "Hello {nom}" } }, "placeholders"],
    ["an empty text", { en: { hello: " " } }, "empty"],
  ])("show %s", (_, other, sentence) => {
    const found = compareCatalogues({ fr: { hello: "Bonjour {name}" }, ...other });
    expect(found.join("\n")).toContain(sentence);
  });

  it("need every plural form of Arabic", () => {
    const days = { one: "a", other: "b {count}" };
    const found = compareCatalogues({ fr: { days }, ar: { days } });
    expect(found).toHaveLength(4);
  });
});

describe("texts in the code", () => {
  it.each([
    '<p>{t("hello")}</p>',
    '<p className="text-sm">{count} · {`${a}/${b}`}</p>',
    '<input name="email" type="email" aria-label={t("field.email")} />',
    '<p>{kind === "video" ? t("video") : null}</p>',
    '<Badge tone="good">1×</Badge>',
  ])("lets pass %s", (code) => {
    expect(literalTexts(parse(code))).toEqual([]);
  });

  it.each([
    "<p>Bonjour</p>",
    '<img alt="Une photo" />',
    "<Field label={`Nom de ${x}`} />",
    '<p>{isOpen ? "Ouverte" : null}</p>',
    '<p>{name || "Personne"}</p>',
    "<p>مرحبًا</p>",
  ])("stops %s", (code) => {
    expect(literalTexts(parse(code))).toHaveLength(1);
  });
});

describe("keys in the code", () => {
  it("are seen where they are asked for", () => {
    const source = parse('t("a.b"); i18n.t("c.d", { count }); rich("e.f", {}); other("g.h");');
    expect([...askedKeys(source)]).toEqual(["a.b", "c.d", "e.f"]);
  });

  it("are followed through templates", () => {
    const code = `declare const t: (key: \`s.\${string}\`) => void;
      declare const status: "open" | "closed"; t(\`s.\${status}\`);`;
    const host = ts.createCompilerHost({});
    const source = parse(code);
    const read = host.getSourceFile;
    host.getSourceFile = (name, ...rest) => (name === "page.tsx" ? source : read(name, ...rest));
    const checker = ts.createProgram(["page.tsx"], { noLib: true }, host).getTypeChecker();
    expect([...possibleKeys(source, checker)]).toEqual(
      expect.arrayContaining(["s.open", "s.closed"]),
    );
  });
});
