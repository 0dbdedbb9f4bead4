/** What changed, as a hint: the page asks the API for the truth. */
export interface Change {
  kind: string;
  id: string;
}

/** Cut the text of a server-sent event stream into the changes that it announces. */
export function parseEvents(buffer: string): { changes: Change[]; rest: string } {
  const blocks = buffer.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? "";
  return { changes: blocks.flatMap(parseBlock), rest };
}

function parseBlock(block: string): Change[] {
  const lines = block.split(/\r?\n/);
  if (!lines.includes("event: change")) return [];
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5));
  return [JSON.parse(data.join("\n")) as Change];
}

/** Read one connection to its end. */
export async function readStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onChange: (change: Change) => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener("abort", () => void reader.cancel(), { once: true });
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parsed = parseEvents(buffer + value);
    buffer = parsed.rest;
    parsed.changes.forEach(onChange);
  }
}
