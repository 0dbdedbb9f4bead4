import { vi } from "vitest";

/** A camera with a microphone, and a recorder, that do what a test tells them. */
export class FakeTrack extends EventTarget {
  readonly label: string;
  constructor(readonly kind: "video" | "audio") {
    super();
    this.label = `Fake ${kind}`;
  }
  muted = false;
  stop = vi.fn<() => void>();
  applyConstraints = vi.fn<(wanted: MediaTrackConstraints) => Promise<void>>(async () => undefined);
  getSettings = () => ({ height: 720, width: 1280, deviceId: this.kind });
}

export class FakeStream {
  readonly tracks: FakeTrack[];
  constructor(soundOnly = false) {
    const kinds = soundOnly ? (["audio"] as const) : (["video", "audio"] as const);
    this.tracks = kinds.map((kind) => new FakeTrack(kind));
  }
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks.filter((track) => track.kind === "audio");
  getVideoTracks = () => this.tracks.filter((track) => track.kind === "video");
}

export class FakeRecorder extends EventTarget {
  static last: FakeRecorder | null = null;
  /** Records, it says, but nothing comes. */
  static mute = false;
  /** Formats that are offered, and fail once they are used. */
  static broken: string[] = [];
  static isTypeSupported = (_type: string) => true;
  state = "inactive";
  requestData = vi.fn<() => void>();

  constructor(
    readonly stream: unknown,
    readonly options: MediaRecorderOptions,
  ) {
    super();
    FakeRecorder.last = this;
  }

  start(timesliceMs = 1000): void {
    this.state = "recording";
    queueMicrotask(() => {
      if (FakeRecorder.broken.includes(this.options.mimeType ?? "")) return this.fail();
      this.dispatchEvent(new Event("start"));
      // A trial wants to see something at once; takes get what their test gives.
      if (timesliceMs < 1000) this.give("trial");
    });
  }

  /** A second of recording. */
  give(text: string): void {
    const data = new Blob(FakeRecorder.mute ? [] : [text]);
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data }));
  }

  /** As browsers do it: what there is, the error, the end. */
  fail(): void {
    this.state = "inactive";
    this.dispatchEvent(new Event("error"));
    this.dispatchEvent(new Event("stop"));
  }

  stop(): void {
    this.state = "inactive";
    queueMicrotask(() => {
      this.give("end");
      this.dispatchEvent(new Event("stop"));
    });
  }
}

export interface FakeMedia {
  devices: MediaDevices;
  stream(): FakeStream;
  /** What was asked for, from the first time on. */
  asked: MediaStreamConstraints[];
  failNext(name: string): void;
  /** The microphone that is opened next is switched off. */
  mutedNext(): void;
}

export function fakeMedia(): FakeMedia {
  let stream = new FakeStream();
  const failures: Error[] = [];
  const asked: MediaStreamConstraints[] = [];
  let muted = false;
  const devices = Object.assign(new EventTarget(), {
    getUserMedia: async (wanted: MediaStreamConstraints = {}) => {
      asked.push(wanted);
      const failure = failures.shift();
      if (failure) throw failure;
      stream = new FakeStream(wanted.video === false);
      for (const track of stream.getAudioTracks()) track.muted = muted;
      muted = false;
      return stream;
    },
    enumerateDevices: async () => [
      { kind: "videoinput", deviceId: "video", label: "Fake video" },
      { kind: "audioinput", deviceId: "audio", label: "Fake audio" },
    ],
  });
  return {
    devices: devices as unknown as MediaDevices,
    asked,
    stream: () => stream,
    mutedNext: () => void (muted = true),
    failNext: (name) => void failures.push(Object.assign(new Error(name), { name })),
  };
}

/** What jsdom lacks of a browser that records. */
export function installMedia(): FakeMedia {
  const media = fakeMedia();
  FakeRecorder.mute = false;
  FakeRecorder.broken = [];
  FakeRecorder.isTypeSupported = () => true;
  vi.stubGlobal("MediaRecorder", FakeRecorder);
  vi.stubGlobal("AudioContext", FakeAudioContext);
  vi.stubGlobal("GainNode", FakeNode);
  vi.stubGlobal("OscillatorNode", FakeNode);
  vi.stubGlobal("scrollTo", () => undefined);
  Object.defineProperty(navigator, "mediaDevices", { value: media.devices, configurable: true });
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  return media;
}

/** A sound that is over as soon as it begins. */
class FakeNode extends EventTarget {
  gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
  connect = (other: unknown) => other;
  start = () => queueMicrotask(() => this.dispatchEvent(new Event("ended")));
  stop = () => undefined;
}

class FakeAudioContext {
  currentTime = 0;
  destination = {};
  state = "running";
  createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData: () => undefined });
  createMediaStreamSource = () => ({ connect: () => undefined, disconnect: () => undefined });
  close = async () => undefined;
  resume = async () => undefined;
}
