import { type Quality, qualityForUplink } from "../quality";
import type { RecorderEvent } from "./events";

/** The way to the server. It never stops a recording: it chooses the size of the next. */
export interface LineState {
  /** False while the server is reached and does not answer, too. */
  serverAnswers: boolean;
  metered: boolean;
  /** Null until something was sent. */
  bitsPerSecond: number | null;
  quality: Quality;
}

export function reduceLine(line: LineState, event: RecorderEvent): LineState {
  switch (event.type) {
    case "server":
      return event.answers === line.serverAnswers
        ? line
        : { ...line, serverAnswers: event.answers };
    case "line_hint": {
      // What was measured is worth more than what the browser believes.
      const quality = line.bitsPerSecond === null ? event.quality : line.quality;
      return { ...line, metered: event.metered, quality };
    }
    case "uplink_measured": {
      const { bitsPerSecond } = event;
      if (bitsPerSecond === line.bitsPerSecond) return line;
      return { ...line, bitsPerSecond, quality: qualityForUplink(bitsPerSecond) };
    }
    default:
      return line;
  }
}
