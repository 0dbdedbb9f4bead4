import type { DeviceFailure } from "../devices";
import type { OpenedTracks, Picture, RecorderEvent, TrackKind } from "./events";

export type DevicesState =
  | { kind: "closed" }
  | { kind: "asking" }
  | ({ kind: "open"; picture: Picture } & OpenedTracks)
  | { kind: "failed"; reason: DeviceFailure };

export function reduceDevices(
  devices: DevicesState,
  event: RecorderEvent,
  recording: boolean,
): DevicesState {
  switch (event.type) {
    case "devices_asked":
      return recording ? devices : { kind: "asking" };
    case "devices_opened": {
      const { camera, cameraMuted, microphoneMuted } = event;
      return { kind: "open", picture: "moving", camera, cameraMuted, microphoneMuted };
    }
    case "devices_failed":
      return { kind: "failed", reason: event.reason };
    case "devices_closed":
      return { kind: "closed" };
    case "track_ended":
      return { kind: "failed", reason: event.kind === "video" ? "no_camera" : "no_microphone" };
    case "permission_withdrawn":
      return withdrawn(devices, event.kind);
    default:
      return devices.kind === "open" ? whileOpen(devices, event) : devices;
  }
}

type Open = Extract<DevicesState, { kind: "open" }>;

function whileOpen(devices: Open, event: RecorderEvent): Open {
  switch (event.type) {
    case "track_muted":
      return event.kind === "video"
        ? { ...devices, cameraMuted: event.muted }
        : { ...devices, microphoneMuted: event.muted };
    case "picture":
      return event.picture === devices.picture ? devices : { ...devices, picture: event.picture };
    default:
      return devices;
  }
}

/** Browsers end the track as well, before or after: the better reason stands. */
function withdrawn(devices: DevicesState, kind: TrackKind): DevicesState {
  const concerns = devices.kind === "open" && (kind === "audio" || devices.camera);
  const ended = devices.kind === "failed" && devices.reason.startsWith("no_");
  return concerns || ended ? { kind: "failed", reason: "permission_denied" } : devices;
}

/** Times in a row that the camera was the trouble: sound alone may be offered after a few. */
export function reduceCameraFailures(
  failures: number,
  event: RecorderEvent,
  devicesOpen: boolean,
): number {
  switch (event.type) {
    case "devices_failed":
      return CAMERA_TROUBLE.has(event.reason) ? failures + 1 : failures;
    case "track_ended":
      return event.kind === "video" ? failures + 1 : failures;
    case "recording_failed":
      return failures + 1;
    case "recording_stopped":
      if (event.empty) return failures + 1;
      return devicesOpen ? 0 : failures;
    default:
      return failures;
  }
}

const CAMERA_TROUBLE = new Set<DeviceFailure>(["no_camera", "device_busy", "unknown"]);
