import { expect, it } from "vitest";

import { type Change, parseEvents, readStream } from "./stream";

it("reads changes and leaves an unfinished one for later", () => {
  const buffer = 'event: change\ndata: {"kind":"session","id":"1"}\n\n: beat\n\nevent: chan';
  expect(parseEvents(buffer)).toEqual({
    changes: [{ kind: "session", id: "1" }],
    rest: "event: chan",
  });
});

it("puts pieces together that arrived apart, letters included", async () => {
  const bytes = new TextEncoder().encode('event: change\r\ndata: {"kind":"é","id":"1"}\r\n\r\n');
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const changes: Change[] = [];
  await readStream(body, (change) => changes.push(change), AbortSignal.any([]));
  expect(changes).toEqual([{ kind: "é", id: "1" }]);
});
