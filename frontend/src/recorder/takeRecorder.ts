import type { Bytes } from "./bytes";
import { streamHeight } from "./devices";
import { type RecordingFormat, recorderOptions } from "./format";

/** A chunk a second: what a killed browser can lose. */
const TIMESLICE_MS = 1000;

export interface TakeSink {
  append(bytes: Bytes | Promise<Bytes>): Promise<void>;
  close(durationMs: number): Promise<void>;
}

/** Records one take into a sink. Started and stopped once. */
export class TakeRecorder {
  private readonly recorder: MediaRecorder;
  private readonly finished: Promise<unknown>;
  private startedAt = 0;
  private stoppedAt = 0;

  constructor(
    stream: MediaStream,
    format: RecordingFormat,
    private readonly sink: TakeSink,
    private readonly onError: () => void,
  ) {
    this.recorder = new MediaRecorder(stream, recorderOptions(format, streamHeight(stream)));
    this.finished = heard(this.recorder, "stop");
    this.recorder.addEventListener("dataavailable", ({ data }) => this.keep(data));
    this.recorder.addEventListener("error", onError);
  }

  get elapsedMs(): number {
    return this.startedAt === 0 ? 0 : (this.stoppedAt || performance.now()) - this.startedAt;
  }

  /** Resolves once the browser is recording; raises where it refuses. */
  async start(): Promise<void> {
    const begun = heard(this.recorder, "start");
    this.recorder.start(TIMESLICE_MS);
    await begun;
    this.startedAt = performance.now();
  }

  /** Stop, and resolve once every byte is in the sink. */
  async stop(): Promise<void> {
    this.stoppedAt ||= performance.now();
    // Stopped by the browser, its last bytes and its stop event are still on their way.
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.finished;
    await this.sink.close(Math.round(this.elapsedMs));
  }

  private keep(data: Blob): void {
    // Safari sends empty chunks.
    if (data.size === 0) return;
    const bytes = data.arrayBuffer().then((buffer) => new Uint8Array(buffer));
    this.sink.append(bytes).catch(this.onError);
  }
}

function heard(recorder: MediaRecorder, event: "start" | "stop"): Promise<unknown> {
  return new Promise((resolve) => recorder.addEventListener(event, resolve, { once: true }));
}
