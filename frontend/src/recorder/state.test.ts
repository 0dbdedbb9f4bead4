import { describe, expect, it } from "vitest";

import {
  initialRecorderState,
  leavingLoses,
  type RecorderEvent,
  type RecorderState,
  reduceRecorder,
  wasInterrupted,
} from "./state";

const after = (events: RecorderEvent[], from: RecorderState = initialRecorderState) =>
  events.reduce(reduceRecorder, from);

const OPEN: RecorderEvent[] = [{ type: "devices_asked" }, { type: "devices_opened" }];
const RECORDING: RecorderEvent[] = [
  ...OPEN,
  { type: "recording_asked" },
  { type: "recording_started" },
];

describe("devices", () => {
  it.each([
    "permission_denied",
    "no_camera",
    "no_microphone",
    "no_devices",
    "device_busy",
    "insecure_page",
    "unsupported_browser",
    "unknown",
  ] as const)("say why they failed: %s, and open on the next try", (reason) => {
    const failed = after([{ type: "devices_asked" }, { type: "devices_failed", reason }]);
    expect(failed.devices).toEqual({ kind: "failed", reason });
    expect(after(OPEN, failed).devices.kind).toBe("open");
  });

  it("show a camera covered or a microphone switched off, and the end of it", () => {
    const muted = after([...OPEN, { type: "track_muted", kind: "audio", muted: true }]);
    expect(muted.devices).toEqual({ kind: "open", cameraMuted: false, microphoneMuted: true });
    const back = after([{ type: "track_muted", kind: "audio", muted: false }], muted);
    expect(back.devices).toEqual({ kind: "open", cameraMuted: false, microphoneMuted: false });
  });

  it("are not asked again in the middle of an answer", () => {
    expect(after([...RECORDING, { type: "devices_asked" }]).devices.kind).toBe("open");
  });

  it("ignore a mute of devices that are gone", () => {
    const closed = after([...OPEN, { type: "devices_closed" }]);
    expect(after([{ type: "track_muted", kind: "video", muted: true }], closed)).toEqual(closed);
  });
});

describe("recording", () => {
  it("goes from idle to stopped, keeping the cause", () => {
    const stopping = after([...RECORDING, { type: "stop_asked", cause: "time_limit" }]);
    expect(stopping.recording).toEqual({ kind: "stopping", cause: "time_limit" });
    const stopped = after([{ type: "recording_stopped" }], stopping);
    expect(stopped.recording).toEqual({ kind: "stopped", cause: "time_limit" });
    expect(after([{ type: "take_left" }], stopped).recording).toEqual({ kind: "idle" });
  });

  it("does not start without devices, nor twice", () => {
    expect(after([{ type: "recording_asked" }]).recording.kind).toBe("idle");
    expect(after([...RECORDING, { type: "recording_asked" }]).recording.kind).toBe("recording");
  });

  it("ignores a second stop: the first cause stands", () => {
    const twice = after([
      ...RECORDING,
      { type: "stop_asked", cause: "candidate" },
      { type: "stop_asked", cause: "time_limit" },
    ]);
    expect(twice.recording).toEqual({ kind: "stopping", cause: "candidate" });
  });

  it.each([
    ["video", "camera_ended", "no_camera"],
    ["audio", "microphone_ended", "no_microphone"],
  ] as const)("stops with what there is when the %s track ends", (kind, cause, reason) => {
    const state = after([...RECORDING, { type: "track_ended", kind }]);
    expect(state.recording).toEqual({ kind: "stopping", cause });
    expect(state.devices).toEqual({ kind: "failed", reason });
    expect(wasInterrupted(cause)).toBe(true);
  });

  it("stays as it is when a track ends outside an answer", () => {
    const state = after([...OPEN, { type: "track_ended", kind: "video" }]);
    expect(state.recording.kind).toBe("idle");
  });

  it("goes on while offline and on a full disk", () => {
    const state = after([
      ...RECORDING,
      { type: "network", online: false },
      { type: "spool", durable: false },
    ]);
    expect(state).toMatchObject({
      recording: { kind: "recording" },
      online: false,
      spoolDurable: false,
    });
  });

  it("says so when the browser refuses to record", () => {
    const state = after([...OPEN, { type: "recording_asked" }, { type: "recording_failed" }]);
    expect(state.recording).toEqual({ kind: "stopped", cause: "recorder_error" });
  });
});

describe("leaving", () => {
  it("is warned of while recording and while bytes are unsent, and free otherwise", () => {
    expect(leavingLoses(after(RECORDING), [])).toBe(true);
    expect(leavingLoses(after(OPEN), [{ kind: "waiting", failures: 2 }])).toBe(true);
    expect(leavingLoses(after(OPEN), [{ kind: "done" }])).toBe(false);
  });
});
