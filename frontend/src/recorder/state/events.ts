import type { DeviceFailure } from "../devices";
import type { Quality } from "../quality";

export type TrackKind = "video" | "audio";

export type InterruptionReason =
  | "camera_ended"
  | "microphone_ended"
  | "permission_withdrawn"
  | "recorder_error"
  | "storage_full"
  /** Whatever ended it: the browser gave no byte. */
  | "nothing_recorded";

export type StopCause = "candidate" | "time_limit" | InterruptionReason;

/** How the camera's picture comes: as it should, too slowly, or not at all any more. */
export type Picture = "moving" | "slow" | "frozen";

export interface OpenedTracks {
  camera: boolean;
  cameraMuted: boolean;
  microphoneMuted: boolean;
}

export type DeviceEvent =
  | { type: "devices_asked" }
  | ({ type: "devices_opened" } & OpenedTracks)
  | { type: "devices_failed"; reason: DeviceFailure }
  | { type: "devices_closed" }
  | { type: "track_muted"; kind: TrackKind; muted: boolean }
  | { type: "track_ended"; kind: TrackKind }
  | { type: "permission_withdrawn"; kind: TrackKind }
  | { type: "picture"; picture: Picture };

export type RecordingEvent =
  | { type: "recording_asked" }
  | { type: "recording_started"; format: string; quality: Quality }
  /** The browser's recorder gave up before it gave a byte: the next format is tried. */
  | { type: "format_failed"; format: string }
  | { type: "recording_failed" }
  | { type: "stop_asked"; cause: StopCause }
  | { type: "recording_stopped"; empty: boolean }
  | { type: "take_left" };

/** What happens to the page itself; `ms` says for how long it stood still. */
export type PageEvent =
  | { type: "page_hidden" }
  | { type: "page_shown" }
  | { type: "page_frozen" }
  | { type: "page_slept"; ms: number };

export type LineEvent =
  | { type: "network"; online: boolean }
  | { type: "server"; answers: boolean }
  | { type: "line_hint"; metered: boolean; quality: Quality }
  | { type: "uplink_measured"; bitsPerSecond: number };

export type StorageEvent = { type: "spool"; durable: boolean } | { type: "storage"; low: boolean };

export type RecorderEvent = DeviceEvent | RecordingEvent | PageEvent | LineEvent | StorageEvent;
