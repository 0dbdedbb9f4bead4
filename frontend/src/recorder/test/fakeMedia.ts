import { vi } from "vitest";

/** A camera with a microphone, and a recorder, that do what a test tells them. */
export class FakeTrack extends EventTarget {
  readonly label: string;
  constructor(readonly kind: "video" | "audio") {
    super();
    this.label = `Fake ${kind}`;
  }
  stop = vi.fn<() => void>();
  getSettings = () => ({ height: 720, width: 1280, deviceId: this.kind });
}

export class FakeStream {
  readonly tracks = [new FakeTrack("video"), new FakeTrack("audio")];
  getTracks = () => this.tracks;
  getVideoTracks = () => this.tracks.filter((track) => track.kind === "video");
}

export class FakeRecorder extends EventTarget {
  static last: FakeRecorder | null = null;
  static isTypeSupported = () => true;
  state = "inactive";

  constructor() {
    super();
    FakeRecorder.last = this;
  }

  start(): void {
    this.state = "recording";
    queueMicrotask(() => this.dispatchEvent(new Event("start")));
  }

  /** A second of recording. */
  give(text: string): void {
    const data = new Blob([text]);
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data }));
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
  failNext(name: string): void;
}

export function fakeMedia(): FakeMedia {
  let stream = new FakeStream();
  const failures: Error[] = [];
  const devices = Object.assign(new EventTarget(), {
    getUserMedia: async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      stream = new FakeStream();
      return stream;
    },
    enumerateDevices: async () => [
      { kind: "videoinput", deviceId: "video", label: "Fake video" },
      { kind: "audioinput", deviceId: "audio", label: "Fake audio" },
    ],
  });
  return {
    devices: devices as unknown as MediaDevices,
    stream: () => stream,
    failNext: (name) => void failures.push(Object.assign(new Error(name), { name })),
  };
}

/** What jsdom lacks of a browser that records. */
export function installMedia(): FakeMedia {
  const media = fakeMedia();
  vi.stubGlobal("MediaRecorder", FakeRecorder);
  vi.stubGlobal("AudioContext", FakeAudioContext);
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

class FakeAudioContext {
  state = "running";
  createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData: () => undefined });
  createMediaStreamSource = () => ({ connect: () => undefined, disconnect: () => undefined });
  close = async () => undefined;
  resume = async () => undefined;
}
