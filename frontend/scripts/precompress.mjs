// @ts-check
import { promises as fs } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(?:js|css|html|svg|json|txt|webmanifest)$/;
const SMALLEST = 512;

/** @param {Buffer} content */
const brotli = (content) =>
  promisify(brotliCompress)(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });

/** @param {Buffer} content */
const gzipped = (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION });

/** @param {string} file */
async function compressFile(file) {
  const content = await fs.readFile(file);
  if (content.length < SMALLEST) return;
  await fs.writeFile(`${file}.br`, await brotli(content));
  await fs.writeFile(`${file}.gz`, await gzipped(content));
}

/**
 * Write a .br and a .gz beside every built text file, for servers that send them as they are.
 * @returns {import("vite").Plugin}
 */
export function precompress() {
  let folder = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = await fs.readdir(folder, { recursive: true });
      const wanted = files.filter((file) => COMPRESSIBLE.test(file));
      await Promise.all(wanted.map((file) => compressFile(path.join(folder, file))));
    },
  };
}
