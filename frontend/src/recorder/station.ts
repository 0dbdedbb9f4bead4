import {
  type DeviceChoice,
  DeviceError,
  openDevices,
  resizePicture,
  stopStream,
  streamHeight,
} from "./devices";
import { FormatChoice } from "./formatChoice";
import { DevicePermission } from "./permission";
import { qualityOfHeight, worse } from "./quality";
import {
  initialRecorderState,
  isRecording,
  nextPicture,
  nextQuality,
  type RecorderEvent,
  type RecorderState,
  reduceRecorder,
  type StopCause,
  type TrackKind,
} from "./state";
import { Take } from "./take";
import type { TakeSink } from "./takeRecorder";

type Listener = (event: RecorderEvent) => void;

/** Camera, microphone and recorder of one page; the state of all three is in one place. */
export class RecordingStation {
  private current: RecorderState = initialRecorderState;
  private readonly listeners = new Set<Listener>();
  private take: Take | null = null;
  private live: MediaStream | null = null;
  private choice: DeviceChoice = {};
  /** The number of the last asking for devices: what an earlier one brings comes too late. */
  private asking = 0;
  private watching = new AbortController();
  private readonly permission: DevicePermission;
  private readonly formats = new FormatChoice();

  constructor(
    private readonly media: MediaDevices,
    network: EventTarget = globalThis,
    permissions = globalThis.navigator?.permissions,
  ) {
    this.permission = new DevicePermission(permissions);
    const update = (online: boolean) => () => this.tell({ type: "network", online });
    network.addEventListener("online", update(true));
    network.addEventListener("offline", update(false));
  }

  /** Hear of each event, after it. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): RecorderState => this.current;

  get stream(): MediaStream | null {
    return this.live;
  }

  /** Take note of what happens around the station. */
  tell(event: RecorderEvent): void {
    this.current = reduceRecorder(this.current, event);
    this.listeners.forEach((listener) => listener(event));
  }

  /** Open the devices and see that something can be recorded; the state says how it went. */
  async open(choice: DeviceChoice): Promise<void> {
    this.release();
    this.choice = choice;
    const asking = ++this.asking;
    this.tell({ type: "devices_asked" });
    try {
      const stream = await openDevices(this.media, choice, nextPicture(this.current));
      if (asking === this.asking) await this.admit(stream);
      else stopStream(stream);
    } catch (error) {
      if (asking !== this.asking) return;
      const reason = error instanceof DeviceError ? error.reason : "unknown";
      this.tell({ type: "devices_failed", reason });
    }
  }

  close(): void {
    this.asking += 1;
    this.release();
    this.tell({ type: "devices_closed" });
  }

  /** Between answers: open a camera again that froze, and ask it for the next answer's size. */
  async prepare(): Promise<void> {
    const { devices } = this.current;
    if (devices.kind !== "open" || !this.live || isRecording(this.current)) return;
    if (devices.picture === "frozen") await this.open(this.choice);
    else await resizePicture(this.live, nextQuality(this.current));
  }

  /** Record into a sink until `stop`, or until a device goes away. False when it cannot begin. */
  async record(sink: TakeSink): Promise<boolean> {
    this.tell({ type: "recording_asked" });
    if (this.current.recording.kind !== "starting" || !this.live) return false;
    this.take = this.createTake(this.live, sink);
    if (await this.take.start()) return true;
    this.take = null;
    this.formats.forgive();
    this.tell({ type: "recording_failed" });
    return false;
  }

  /** Stop the take under way; resolves once all of it is in the sink. The first cause stands. */
  async stop(cause: StopCause): Promise<void> {
    this.tell({ type: "stop_asked", cause });
    await this.finish();
  }

  /** Make room for the next take. */
  leaveTake(): void {
    this.tell({ type: "take_left" });
  }

  spoolIs(durable: boolean): void {
    if (durable !== this.current.spoolDurable) this.tell({ type: "spool", durable });
  }

  private async admit(stream: MediaStream): Promise<void> {
    this.live = stream;
    const records = await this.formats.prove(stream);
    // Closed, or opened anew, in the meantime.
    if (this.live !== stream) return;
    if (!records) {
      this.release();
      throw new DeviceError("unsupported_browser");
    }
    this.watchTracks(stream);
    void this.permission.note();
    this.tell({ type: "devices_opened", ...tracksOf(stream) });
  }

  private createTake(stream: MediaStream, sink: TakeSink): Take {
    const next = nextQuality(this.current);
    const isSound = next === "audio";
    const quality = isSound ? next : worse(next, qualityOfHeight(streamHeight(stream)));
    return new Take({
      stream,
      sink,
      quality,
      formats: this.formats.usable(isSound ? "sound" : "video"),
      onStarted: ({ mimeType }) =>
        this.tell({ type: "recording_started", format: mimeType, quality }),
      onBroken: (format) => {
        this.formats.dismiss(format);
        this.tell({ type: "format_failed", format: format.mimeType });
      },
      onEnded: () => void this.stop("recorder_error"),
    });
  }

  private async finish(): Promise<void> {
    const { take } = this;
    this.take = null;
    if (!take) return;
    const hasBytes = await take.stop();
    this.tell({ type: "recording_stopped", empty: !hasBytes });
  }

  private watchTracks(stream: MediaStream): void {
    this.watching = new AbortController();
    const { signal } = this.watching;
    for (const track of stream.getTracks()) {
      const kind: TrackKind = track.kind === "video" ? "video" : "audio";
      const muted = (is: boolean) => () => this.tell({ type: "track_muted", kind, muted: is });
      track.addEventListener("mute", muted(true), { signal });
      track.addEventListener("unmute", muted(false), { signal });
      track.addEventListener("ended", () => void this.lose(kind, stream), { signal });
    }
  }

  /** A device that went away ends the answer under way, and is opened again afterwards. */
  private async lose(kind: TrackKind, stream: MediaStream): Promise<void> {
    this.tell({ type: "track_ended", kind });
    if (await this.permission.isWithdrawn(kind)) this.tell({ type: "permission_withdrawn", kind });
    await this.finish();
    // Others may have been opened in the meantime.
    if (this.live === stream) this.release();
  }

  private release(): void {
    this.watching.abort();
    stopStream(this.live);
    this.live = null;
  }
}

function tracksOf(stream: MediaStream) {
  const [camera] = stream.getVideoTracks();
  const [microphone] = stream.getAudioTracks();
  return {
    camera: camera !== undefined,
    cameraMuted: camera?.muted ?? false,
    microphoneMuted: microphone?.muted ?? false,
  };
}
