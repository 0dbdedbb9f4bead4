import { type DeviceChoice, DeviceError, openDevices, stopStream } from "./devices";
import type { RecordingFormat } from "./format";
import {
  initialRecorderState,
  type RecorderEvent,
  type RecorderState,
  reduceRecorder,
  type StopCause,
  type TrackKind,
} from "./state";
import { TakeRecorder, type TakeSink } from "./takeRecorder";

/** Camera, microphone and recorder of one page; the state of all three is in one place. */
export class RecordingStation {
  private current: RecorderState = initialRecorderState;
  private readonly listeners = new Set<() => void>();
  private recorder: TakeRecorder | null = null;
  private live: MediaStream | null = null;
  private watching = new AbortController();

  constructor(
    private readonly media: MediaDevices,
    network: EventTarget = globalThis,
    private readonly createRecorder = newTakeRecorder,
  ) {
    const update = (online: boolean) => () => this.dispatch({ type: "network", online });
    network.addEventListener("online", update(true));
    network.addEventListener("offline", update(false));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): RecorderState => this.current;

  get stream(): MediaStream | null {
    return this.live;
  }

  /** Open the devices; the state says how it went. */
  async open(choice: DeviceChoice): Promise<void> {
    this.release();
    this.dispatch({ type: "devices_asked" });
    try {
      this.live = await openDevices(this.media, choice);
      this.watchTracks(this.live);
      this.dispatch({ type: "devices_opened" });
    } catch (error) {
      const reason = error instanceof DeviceError ? error.reason : "unknown";
      this.dispatch({ type: "devices_failed", reason });
    }
  }

  close(): void {
    this.release();
    this.dispatch({ type: "devices_closed" });
  }

  /** Record into a sink until `stop`, or until a device goes away. False when it cannot begin. */
  async record(format: RecordingFormat, sink: TakeSink): Promise<boolean> {
    this.dispatch({ type: "recording_asked" });
    if (this.current.recording.kind !== "starting" || !this.live) return false;
    try {
      const failed = () => void this.stop("recorder_error");
      this.recorder = this.createRecorder(this.live, format, sink, failed);
      await this.recorder.start();
    } catch {
      this.dispatch({ type: "recording_failed" });
      return false;
    }
    this.dispatch({ type: "recording_started" });
    return true;
  }

  /** Stop the take under way; resolves once all of it is in the sink. The first cause stands. */
  async stop(cause: StopCause): Promise<void> {
    this.dispatch({ type: "stop_asked", cause });
    await this.finish();
  }

  /** Make room for the next take. */
  leaveTake(): void {
    this.dispatch({ type: "take_left" });
  }

  spoolIs(durable: boolean): void {
    if (durable !== this.current.spoolDurable) this.dispatch({ type: "spool", durable });
  }

  private async finish(): Promise<void> {
    const { recorder } = this;
    this.recorder = null;
    if (!recorder) return;
    await recorder.stop();
    this.dispatch({ type: "recording_stopped" });
  }

  private watchTracks(stream: MediaStream): void {
    this.watching = new AbortController();
    const { signal } = this.watching;
    for (const track of stream.getTracks()) {
      const kind: TrackKind = track.kind === "video" ? "video" : "audio";
      const muted = (is: boolean) => () => this.dispatch({ type: "track_muted", kind, muted: is });
      track.addEventListener("mute", muted(true), { signal });
      track.addEventListener("unmute", muted(false), { signal });
      track.addEventListener("ended", () => this.trackEnded(kind), { signal });
    }
  }

  private trackEnded(kind: TrackKind): void {
    this.dispatch({ type: "track_ended", kind });
    void this.finish().then(() => this.release());
  }

  private release(): void {
    this.watching.abort();
    stopStream(this.live);
    this.live = null;
  }

  private dispatch(event: RecorderEvent): void {
    const next = reduceRecorder(this.current, event);
    if (next === this.current) return;
    this.current = next;
    this.listeners.forEach((listener) => listener());
  }
}

function newTakeRecorder(...parts: ConstructorParameters<typeof TakeRecorder>): TakeRecorder {
  return new TakeRecorder(...parts);
}
