// @ts-check
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "./imports.mjs";

const src = fileURLToPath(new URL("../src", import.meta.url));
const files = (await fs.readdir(src, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
const found = await Promise.all(
  files.map(async (file) =>
    violations(file.split(path.sep).join("/"), await fs.readFile(path.join(src, file), "utf8")),
  ),
);
for (const sentence of found.flat()) process.stderr.write(`${sentence}\n`);
process.exitCode = found.flat().length ? 1 : 0;
