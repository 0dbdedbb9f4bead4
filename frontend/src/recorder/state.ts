import type { DeviceFailure } from "./devices";
import type { UploadState } from "./upload/uploader";

/** Every state of devices, recording and network that a page must be able to show. */
export interface RecorderState {
  devices:
    | { kind: "closed" }
    | { kind: "asking" }
    | { kind: "open"; cameraMuted: boolean; microphoneMuted: boolean }
    | { kind: "failed"; reason: DeviceFailure };
  recording:
    | { kind: "idle" }
    | { kind: "starting" }
    | { kind: "recording" }
    | { kind: "stopping"; cause: StopCause }
    | { kind: "stopped"; cause: StopCause };
  online: boolean;
  /** False when what is recorded lives only as long as the page. */
  spoolDurable: boolean;
}

export type InterruptionReason = "camera_ended" | "microphone_ended" | "recorder_error";

export type StopCause = "candidate" | "time_limit" | InterruptionReason;

export type TrackKind = "video" | "audio";

export type RecorderEvent =
  | { type: "devices_asked" }
  | { type: "devices_opened" }
  | { type: "devices_failed"; reason: DeviceFailure }
  | { type: "devices_closed" }
  | { type: "track_muted"; kind: TrackKind; muted: boolean }
  | { type: "track_ended"; kind: TrackKind }
  | { type: "recording_asked" }
  | { type: "recording_started" }
  | { type: "recording_failed" }
  | { type: "stop_asked"; cause: StopCause }
  | { type: "recording_stopped" }
  | { type: "take_left" }
  | { type: "network"; online: boolean }
  | { type: "spool"; durable: boolean };

export const initialRecorderState: RecorderState = {
  devices: { kind: "closed" },
  recording: { kind: "idle" },
  online: true,
  spoolDurable: true,
};

export function reduceRecorder(state: RecorderState, event: RecorderEvent): RecorderState {
  switch (event.type) {
    case "devices_asked":
      return isRecording(state) ? state : { ...state, devices: { kind: "asking" } };
    case "devices_opened":
      return { ...state, devices: { kind: "open", cameraMuted: false, microphoneMuted: false } };
    case "devices_failed":
      return { ...state, devices: { kind: "failed", reason: event.reason } };
    case "devices_closed":
      return { ...state, devices: { kind: "closed" } };
    case "track_muted":
      return muted(state, event.kind, event.muted);
    case "track_ended":
      return trackEnded(state, event.kind);
    case "network":
      return { ...state, online: event.online };
    case "spool":
      return { ...state, spoolDurable: event.durable };
    default:
      return { ...state, recording: reduceRecording(state, event) };
  }
}

type RecordingEvent = Extract<
  RecorderEvent,
  {
    type:
      | "recording_asked"
      | "recording_started"
      | "recording_failed"
      | "stop_asked"
      | "recording_stopped"
      | "take_left";
  }
>;

/** An event that does not fit the state (a double click, a late timer) changes nothing. */
function reduceRecording(
  { devices, recording }: RecorderState,
  event: RecordingEvent,
): RecorderState["recording"] {
  switch (event.type) {
    case "recording_asked":
      return devices.kind === "open" && recording.kind === "idle"
        ? { kind: "starting" }
        : recording;
    case "recording_started":
      return recording.kind === "starting" ? { kind: "recording" } : recording;
    case "recording_failed":
      return { kind: "stopped", cause: "recorder_error" };
    case "stop_asked":
      return recording.kind === "recording" || recording.kind === "starting"
        ? { kind: "stopping", cause: event.cause }
        : recording;
    case "recording_stopped":
      return recording.kind === "stopping"
        ? { kind: "stopped", cause: recording.cause }
        : recording;
    case "take_left":
      return recording.kind === "stopped" ? { kind: "idle" } : recording;
  }
}

function muted(state: RecorderState, kind: TrackKind, isMuted: boolean): RecorderState {
  if (state.devices.kind !== "open") return state;
  const change = kind === "video" ? { cameraMuted: isMuted } : { microphoneMuted: isMuted };
  return { ...state, devices: { ...state.devices, ...change } };
}

/** A device that goes away ends the answer under way, and must be chosen again afterwards. */
function trackEnded(state: RecorderState, kind: TrackKind): RecorderState {
  const reason = kind === "video" ? "no_camera" : "no_microphone";
  const cause = kind === "video" ? "camera_ended" : "microphone_ended";
  const recording = reduceRecording(state, { type: "stop_asked", cause });
  return { ...state, devices: { kind: "failed", reason }, recording };
}

export function isRecording({ recording }: RecorderState): boolean {
  return ["starting", "recording", "stopping"].includes(recording.kind);
}

export function wasInterrupted(cause: StopCause): cause is InterruptionReason {
  return cause !== "candidate" && cause !== "time_limit";
}

/** What a page warns of before it is left. */
export function leavingLoses(state: RecorderState, uploads: readonly UploadState[]): boolean {
  return isRecording(state) || uploads.some((upload) => upload.kind !== "done");
}
