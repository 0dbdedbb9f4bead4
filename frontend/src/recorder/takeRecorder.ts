import type { Bytes } from "./bytes";
import { streamHeight } from "./devices";
import { type RecordingFormat, recorderOptions } from "./format";

/** A chunk a second: what a killed browser can lose. */
const TIMESLICE_MS = 1000;

export type InterruptionReason = "camera_ended" | "microphone_ended" | "recorder_error";

export interface TakeSink {
  append(bytes: Bytes | Promise<Bytes>): Promise<void>;
  close(durationMs: number): Promise<void>;
}

export interface TakeRecorderOptions {
  stream: MediaStream;
  format: RecordingFormat;
  sink: TakeSink;
  /** Called when a device or the browser ends the recording; what there is, is kept. */
  onInterrupted?: (reason: InterruptionReason) => void;
}

/** Records one take into a sink. Started and stopped once. */
export class TakeRecorder {
  private readonly recorder: MediaRecorder;
  private readonly tracksGone = new AbortController();
  private startedAt = 0;
  private stoppedAt = 0;
  private readonly finished: Promise<void>;

  constructor(private readonly options: TakeRecorderOptions) {
    const { stream, format } = options;
    this.recorder = new MediaRecorder(stream, recorderOptions(format, streamHeight(stream)));
    this.finished = new Promise((resolve) => {
      this.recorder.onstop = () => resolve();
    });
  }

  get elapsedMs(): number {
    return this.startedAt === 0 ? 0 : (this.stoppedAt || performance.now()) - this.startedAt;
  }

  /** Resolves once the browser is recording; raises where it refuses. */
  start(): Promise<void> {
    const { recorder } = this;
    recorder.ondataavailable = ({ data }) => this.take(data);
    recorder.onerror = () => this.interrupt("recorder_error");
    this.watchTracks();
    const begun = new Promise<void>((resolve) => {
      recorder.onstart = () => {
        this.startedAt = performance.now();
        resolve();
      };
    });
    recorder.start(TIMESLICE_MS);
    return begun;
  }

  /** Stop, and resolve once every byte is in the sink. */
  async stop(): Promise<void> {
    this.tracksGone.abort();
    this.stoppedAt ||= performance.now();
    // Stopped by the browser, its last bytes and its stop event are still on their way.
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.finished;
    await this.options.sink.close(Math.round(this.elapsedMs));
  }

  private take(data: Blob): void {
    // Safari sends empty chunks.
    if (data.size === 0) return;
    const bytes = data.arrayBuffer().then((buffer) => new Uint8Array(buffer));
    this.options.sink.append(bytes).catch(() => this.interrupt("recorder_error"));
  }

  private watchTracks(): void {
    const { signal } = this.tracksGone;
    for (const track of this.options.stream.getTracks()) {
      const reason = track.kind === "video" ? "camera_ended" : "microphone_ended";
      track.addEventListener("ended", () => this.interrupt(reason), { signal });
    }
  }

  private interrupt(reason: InterruptionReason): void {
    if (this.stoppedAt) return;
    this.stoppedAt = performance.now();
    this.options.onInterrupted?.(reason);
  }
}
