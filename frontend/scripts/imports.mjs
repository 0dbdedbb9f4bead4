// @ts-check
import path from "node:path";
import ts from "typescript";

/**
 * What each layer may import besides itself. Left out: everything else.
 * @type {Record<string, string[]>}
 */
const ALLOWED = {
  app: ["features", "api", "media", "realtime", "ui", "lib", "locales"],
  "features/candidate": ["features/shared", "recorder", "api", "ui", "lib", "locales"],
  "features/recruiter": ["features/shared", "api", "media", "realtime", "ui", "lib", "locales"],
  "features/admin": ["features/shared", "api", "media", "realtime", "ui", "lib", "locales"],
  "features/shared": ["api", "media", "realtime", "ui", "lib", "locales"],
  media: ["ui", "lib", "locales"],
  realtime: ["api", "lib"],
  api: ["lib"],
  ui: ["lib", "locales"],
  lib: ["locales"],
  recorder: [],
  locales: [],
  test: ["app", "features", "api", "media", "realtime", "ui", "lib", "locales"],
};

const TEST_FILE = /\.test\.tsx?$|\/test\//;

/** @param {string} file a path below src */
export function layerOf(file) {
  const [first = "", second = ""] = file.split("/");
  return first === "features" ? `${first}/${second}` : first;
}

/** @param {string} from @param {string} to */
function allowed(from, to) {
  if (from === to) return true;
  const targets = ALLOWED[from] ?? [];
  return targets.includes(to) || targets.includes(to.split("/")[0] ?? "");
}

/**
 * Return the paths below src that a module imports, types and dynamic imports included.
 * @param {string} file a path below src
 * @param {string} source
 */
export function importsOf(file, source) {
  const { importedFiles } = ts.preProcessFile(source, true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith("@/")) return [fileName.slice(2)];
    if (fileName.startsWith(".")) return [path.posix.join(path.posix.dirname(file), fileName)];
    return [];
  });
}

/**
 * Return a sentence for each import that goes upwards or sideways.
 * @param {string} file a path below src
 * @param {string} source
 */
export function violations(file, source) {
  const from = layerOf(file);
  return importsOf(file, source)
    .map(layerOf)
    .filter((to) => !allowed(from, to) && !(to === "test" && TEST_FILE.test(file)))
    .map((to) => `src/${file}: ${from} must not import ${to}`);
}
