import type { InterruptionReason, RecorderEvent, StopCause } from "./events";

export type RecordingState =
  | { kind: "idle" }
  | { kind: "starting" }
  | { kind: "recording" }
  | { kind: "stopping"; cause: StopCause }
  | { kind: "stopped"; cause: StopCause };

/** An event that does not fit the state (a double click, a late timer) changes nothing. */
export function reduceRecording(
  recording: RecordingState,
  event: RecorderEvent,
  devicesOpen: boolean,
): RecordingState {
  switch (event.type) {
    case "recording_asked":
      return devicesOpen && recording.kind === "idle" ? { kind: "starting" } : recording;
    case "recording_started":
      return recording.kind === "starting" ? { kind: "recording" } : recording;
    case "recording_failed":
      return { kind: "stopped", cause: "recorder_error" };
    case "stop_asked":
      return stopping(recording, event.cause);
    case "track_ended":
      return stopping(recording, event.kind === "video" ? "camera_ended" : "microphone_ended");
    case "permission_withdrawn":
      return withdrawn(recording);
    case "recording_stopped":
      return recording.kind === "stopping"
        ? { kind: "stopped", cause: event.empty ? "nothing_recorded" : recording.cause }
        : recording;
    case "take_left":
      return recording.kind === "stopped" ? { kind: "idle" } : recording;
    default:
      return recording;
  }
}

/** The first cause stands. */
function stopping(recording: RecordingState, cause: StopCause): RecordingState {
  const runs = recording.kind === "recording" || recording.kind === "starting";
  return runs ? { kind: "stopping", cause } : recording;
}

/** But an ended track is explained by the permission that was withdrawn. */
function withdrawn(recording: RecordingState): RecordingState {
  const ended = recording.kind === "stopping" && TRACK_ENDED.has(recording.cause);
  return ended
    ? { kind: "stopping", cause: "permission_withdrawn" }
    : stopping(recording, "permission_withdrawn");
}

const TRACK_ENDED = new Set<StopCause>(["camera_ended", "microphone_ended"]);

export function wasInterrupted(cause: StopCause): cause is InterruptionReason {
  return cause !== "candidate" && cause !== "time_limit";
}
