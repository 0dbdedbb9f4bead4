import type { RecordingFormat } from "./format";
import type { Quality } from "./quality";
import { TakeRecorder, type TakeSink } from "./takeRecorder";

export interface TakeOptions {
  stream: MediaStream;
  /** Best first. */
  formats: readonly RecordingFormat[];
  quality: Quality;
  sink: TakeSink;
  /** This browser offers the format and cannot do it. */
  onBroken: (format: RecordingFormat) => void;
  onStarted: (format: RecordingFormat) => void;
  /** Nothing more will come: what there is can be stopped. */
  onEnded: () => void;
}

/** One take, in the first format that works: until there is a byte, the next one may take over. */
export class Take {
  private recorder: TakeRecorder | null = null;
  private turn: Promise<boolean> = Promise.resolve(false);
  private readonly left: RecordingFormat[];

  constructor(private readonly options: TakeOptions) {
    this.left = [...options.formats];
  }

  /** False where no format works. */
  start(): Promise<boolean> {
    this.turn = this.next();
    return this.turn;
  }

  /** Stop, and resolve once every byte is in the sink; false where there is none. */
  async stop(): Promise<boolean> {
    // One format may be giving way to the next.
    await this.turn;
    await (this.recorder ? this.recorder.stop() : this.options.sink.close(0));
    return this.recorder?.hasBytes ?? false;
  }

  private async next(): Promise<boolean> {
    const { stream, quality, sink, onStarted, onBroken } = this.options;
    for (let format = this.left.shift(); format; format = this.left.shift()) {
      try {
        const recorder = new TakeRecorder(stream, { format, quality }, sink, () =>
          this.failed(recorder),
        );
        await recorder.start();
        this.recorder = recorder;
        onStarted(format);
        return true;
      } catch {
        onBroken(format);
      }
    }
    return false;
  }

  private failed(recorder: TakeRecorder): void {
    if (recorder !== this.recorder) return;
    this.options.onBroken(recorder.plan.format);
    this.recorder = null;
    this.turn = this.replace(recorder);
  }

  private async replace(recorder: TakeRecorder): Promise<boolean> {
    await recorder.halt();
    // What it gave is kept, and be it with its last breath.
    if (recorder.hasBytes) this.recorder = recorder;
    else if (await this.next()) return true;
    this.options.onEnded();
    return false;
  }
}
