import type { Bytes } from "./bytes";
import { type RecordingFormat, recorderOptions } from "./format";
import type { Quality } from "./quality";

/** A chunk a second: what a killed browser can lose. */
const TIMESLICE_MS = 1000;
/** A browser that does not slice by itself is asked for what it has. */
const PATIENCE_MS = 4000;
/** After this long without a byte, there is nothing to wait for. */
const BARREN_MS = 12_000;
/** After this long without a start, the browser will not say any more that it failed. */
const START_MS = 10_000;
/** A browser that has failed may never say that it has stopped. */
const STOP_MS = 10_000;

export interface TakeSink {
  /** What is going to be recorded: may be said again as long as there is no byte. */
  describe(mimeType: string): Promise<void>;
  append(bytes: Bytes | Promise<Bytes>): Promise<void>;
  close(durationMs: number): Promise<void>;
}

export interface TakePlan {
  format: RecordingFormat;
  quality: Quality;
}

/** Records one take into a sink. Started and stopped once. */
export class TakeRecorder {
  private readonly recorder: MediaRecorder;
  private readonly finished: Promise<unknown>;
  private watch: ReturnType<typeof setInterval> | undefined;
  private startedAt = 0;
  private stoppedAt = 0;
  private heardAt = 0;
  private bytes = 0;
  private over = false;

  constructor(
    stream: MediaStream,
    readonly plan: TakePlan,
    private readonly sink: TakeSink,
    private readonly onError: () => void,
  ) {
    this.recorder = new MediaRecorder(stream, recorderOptions(plan.format, plan.quality));
    this.finished = heard(this.recorder, "stop");
    this.recorder.addEventListener("dataavailable", ({ data }) => this.keep(data));
    this.recorder.addEventListener("error", onError);
  }

  get elapsedMs(): number {
    return this.startedAt === 0 ? 0 : (this.stoppedAt || performance.now()) - this.startedAt;
  }

  /** False as long as nothing would be lost by starting over in another format. */
  get hasBytes(): boolean {
    return this.bytes > 0;
  }

  /** Resolves once the browser is recording; raises where it refuses. */
  async start(): Promise<void> {
    await this.sink.describe(this.plan.format.container);
    const begun = heard(this.recorder, "start");
    const refused = heard(this.recorder, "error").then((event) => {
      throw new Error("the browser's recorder failed", { cause: event });
    });
    this.recorder.start(TIMESLICE_MS);
    const never = after(START_MS).then(() => {
      throw new Error("the browser's recorder did not start");
    });
    await this.first([begun, refused, never]);
    this.startedAt = performance.now();
    this.watch = setInterval(() => this.ask(), TIMESLICE_MS);
  }

  /** Stop, and resolve once every byte is in the sink. */
  async stop(): Promise<void> {
    await this.halt();
    await this.sink.close(Math.round(this.elapsedMs));
  }

  /** Give up a recorder that gave nothing; the sink stays open for the next one. */
  async halt(): Promise<void> {
    clearInterval(this.watch);
    this.stoppedAt ||= performance.now();
    // Stopped by the browser, its last bytes and its stop event are still on their way.
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await Promise.race([this.finished, after(STOP_MS)]);
    this.over = true;
  }

  /** Wait for the first; a recorder that does not begin is left alone, and not listened to. */
  private async first(outcomes: Promise<unknown>[]): Promise<void> {
    try {
      await Promise.race(outcomes);
    } catch (error) {
      this.over = true;
      if (this.recorder.state !== "inactive") this.recorder.stop();
      throw error;
    }
  }

  private ask(): void {
    const quietMs = performance.now() - Math.max(this.heardAt, this.startedAt);
    if (this.recorder.state !== "recording" || quietMs < PATIENCE_MS) return;
    if (quietMs > BARREN_MS && !this.hasBytes) this.onError();
    else this.recorder.requestData();
  }

  private keep(data: Blob): void {
    // Safari sends empty chunks. What comes after the end would spoil what follows it.
    if (data.size === 0 || this.over) return;
    this.heardAt = performance.now();
    this.bytes += data.size;
    const bytes = data.arrayBuffer().then((buffer) => new Uint8Array(buffer));
    this.sink.append(bytes).catch(this.onError);
  }
}

function heard(recorder: MediaRecorder, event: "start" | "stop" | "error"): Promise<Event> {
  return new Promise((resolve) => recorder.addEventListener(event, resolve, { once: true }));
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
