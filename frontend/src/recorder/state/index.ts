import { type Quality, stepDown, worse } from "../quality";
import type { UploadState } from "../upload/uploader";
import { type DevicesState, reduceCameraFailures, reduceDevices } from "./devices";
import type { RecorderEvent } from "./events";
import { type LineState, reduceLine } from "./line";
import { type PageState, reducePage } from "./page";
import { type RecordingState, reduceRecording } from "./recording";

export type { InterruptionReason, Picture, RecorderEvent, StopCause, TrackKind } from "./events";
export { wasInterrupted } from "./recording";

/** Every state of devices, recording, page and network that a page must be able to show. */
export interface RecorderState {
  devices: DevicesState;
  recording: RecordingState;
  /** The best picture that the device itself manages. */
  deviceQuality: Quality;
  cameraFailures: number;
  page: PageState;
  online: boolean;
  line: LineState;
  /** False when what is recorded lives only as long as the page. */
  spoolDurable: boolean;
  /** The device may not have room for the next answer. */
  storageLow: boolean;
}

export const initialRecorderState: RecorderState = {
  devices: { kind: "closed" },
  recording: { kind: "idle" },
  deviceQuality: 720,
  cameraFailures: 0,
  page: { hidden: false, away: "no" },
  online: true,
  line: { serverAnswers: true, metered: false, bitsPerSecond: null, quality: 720 },
  spoolDurable: true,
  storageLow: false,
};

const PARTS = Object.keys(initialRecorderState) as (keyof RecorderState)[];

export function reduceRecorder(state: RecorderState, event: RecorderEvent): RecorderState {
  const recording = isRecording(state);
  const open = state.devices.kind === "open";
  const next: RecorderState = {
    devices: reduceDevices(state.devices, event, recording),
    recording: reduceRecording(state.recording, event, open),
    deviceQuality: reduceDeviceQuality(state, event),
    cameraFailures: reduceCameraFailures(state.cameraFailures, event, open),
    page: reducePage(state.page, event, recording),
    online: event.type === "network" ? event.online : state.online,
    line: reduceLine(state.line, event),
    spoolDurable: event.type === "spool" ? event.durable : state.spoolDurable,
    storageLow: event.type === "storage" ? event.low : state.storageLow,
  };
  return isSame(state, next) ? state : next;
}

function isSame(one: RecorderState, other: RecorderState): boolean {
  return PARTS.every((part) => one[part] === other[part]);
}

/** A picture that comes too slowly, or a recorder that refuses, is asked for less the next time. */
function reduceDeviceQuality({ devices, deviceQuality }: RecorderState, event: RecorderEvent) {
  if (event.type === "recording_failed") return stepDown(deviceQuality);
  const slows = event.type === "picture" && event.picture === "slow";
  const wasSlow = devices.kind === "open" && devices.picture === "slow";
  return slows && !wasSlow ? stepDown(deviceQuality) : deviceQuality;
}

export function isRecording({ recording }: RecorderState): boolean {
  return ["starting", "recording", "stopping"].includes(recording.kind);
}

/** The best picture that device and line allow. */
export function nextPicture({ deviceQuality, line }: RecorderState): Quality {
  return worse(deviceQuality, line.quality);
}

/** How large the next answer is recorded. */
export function nextQuality(state: RecorderState): Quality {
  const { devices } = state;
  return devices.kind === "open" && !devices.camera ? "audio" : nextPicture(state);
}

/** The picture is smaller for the line's sake. */
export function isSlowLine({ line }: RecorderState): boolean {
  return line.quality !== 720;
}

const FAILURES_BEFORE_SOUND = 2;
/** Where the microphone is missing as well, or the candidate refused. */
const NEVER_SOUND = new Set(["permission_denied", "no_microphone", "no_devices", "insecure_page"]);

/** Whether the candidate may be asked to go on without a picture. */
export function mayOfferSound({ devices, cameraFailures }: RecorderState): boolean {
  if (devices.kind === "open") return devices.camera && cameraFailures >= FAILURES_BEFORE_SOUND;
  if (devices.kind !== "failed" || NEVER_SOUND.has(devices.reason)) return false;
  return devices.reason === "no_camera" || cameraFailures >= FAILURES_BEFORE_SOUND;
}

/** What a page warns of before it is left. */
export function leavingLoses(state: RecorderState, uploads: readonly UploadState[]): boolean {
  return isRecording(state) || uploads.some((upload) => upload.kind !== "done");
}
