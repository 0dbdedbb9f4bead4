// @ts-check
/** Hold the catalogues together: complete, used, and the only place where words stand. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

import { askedKeys, compareCatalogues, literalTexts, possibleKeys } from "./i18n.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const LANGUAGES = ["fr", "en", "ar"];
const PARTS = ["common", "recruiter", "candidate"];

/** @param {string} part */
async function readPart(part) {
  const pairs = LANGUAGES.map(async (language) => {
    const file = path.join(root, "src", "locales", language, `${part}.json`);
    return [language, JSON.parse(await fs.readFile(file, "utf8"))];
  });
  return Object.fromEntries(await Promise.all(pairs));
}

function program() {
  const file = path.join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, options);
}

const compiled = program();
const sources = compiled
  .getSourceFiles()
  .filter(({ fileName }) => fileName.startsWith(path.join(root, "src")))
  .filter(({ fileName }) => !/\.test\.tsx?$|\/src\/test\/|\.json$|\.gen\.ts$/.test(fileName));

/** @param {(source: ts.SourceFile) => Iterable<string>} read */
const gather = (read) => new Set(sources.flatMap((source) => [...read(source)]));

const parts = await Promise.all(PARTS.map(readPart));
const defined = new Set(parts.flatMap(({ fr }) => Object.keys(fr)));
const used = gather((source) => possibleKeys(source, compiled.getTypeChecker()));
const sentences = [
  ...parts.flatMap(compareCatalogues),
  ...[...gather(askedKeys)]
    .filter((key) => !defined.has(key))
    .map((key) => `${key} is used and not defined`),
  ...[...defined].filter((key) => !used.has(key)).map((key) => `${key} is defined and not used`),
  ...gather(literalTexts),
];
for (const sentence of sentences) process.stderr.write(`${sentence.replace(root, "")}\n`);
process.exitCode = sentences.length ? 1 : 0;
