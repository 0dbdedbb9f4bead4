import { type RecordingFormat, recorderOptions } from "./format";

/** Soon, for the candidate waits for it. */
const TIMESLICE_MS = 100;
/** Cameras take their time to wake, and MP4 comes in pieces of a second or more. */
const LIMIT_MS = 6000;

/**
 * Record for a moment, and say whether anything comes of it: a browser may offer a recorder that
 * never gives a byte, where an encoder of the system is missing.
 */
export function givesBytes(
  stream: MediaStream,
  format: RecordingFormat,
  limitMs = LIMIT_MS,
): Promise<boolean> {
  const trial = new Promise<boolean>((resolve) => {
    const recorder = new MediaRecorder(stream, recorderOptions(format, 360));
    const settle = (gives: boolean) => {
      clearTimeout(timer);
      resolve(gives);
      if (recorder.state !== "inactive") recorder.stop();
    };
    const timer = setTimeout(() => settle(false), limitMs);
    recorder.addEventListener("dataavailable", ({ data }) => data.size > 0 && settle(true));
    recorder.addEventListener("error", () => settle(false));
    recorder.start(TIMESLICE_MS);
  });
  return trial.catch(() => false);
}
