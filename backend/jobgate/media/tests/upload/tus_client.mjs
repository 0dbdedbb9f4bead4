// Sends a file with tus-js-client and writes its address. Arguments: module folder, file, options.
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PassThrough } from "node:stream";

const [modules, path, given] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { Upload } = require("tus-js-client");

const options = JSON.parse(given);
// Of a file's own stream the client would know the length, and not say it.
const source = options.uploadLengthDeferred
  ? createReadStream(path).pipe(new PassThrough())
  : readFileSync(path);
const upload = new Upload(source, {
  metadata: { filetype: "video/webm" },
  retryDelays: null,
  ...options,
  onSuccess: () => console.log(upload.url),
  onError: (error) => {
    console.error(String(error));
    process.exitCode = 1;
  },
});
upload.start();
