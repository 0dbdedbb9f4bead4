import { bitsPerSecond, type Quality } from "./quality";

/**
 * What the browser may record, best first. H.264 in WebM comes first because the server makes an
 * MP4 of it without transcoding; MP4 comes last because its pieces are larger, but it is all that
 * Safari offers.
 */
const VIDEO = [
  "video/webm;codecs=h264,opus",
  "video/webm;codecs=vp9,opus",
  "video/webm;codecs=vp8,opus",
  "video/webm",
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4;codecs=avc1.42E01F,opus",
  "video/mp4",
];
const SOUND = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"];

export interface RecordingFormat {
  /** The whole type with its codecs, for MediaRecorder. */
  mimeType: string;
  /** The type alone, for the upload's metadata and a downloaded file. */
  container: string;
}

export type SupportsType = (mimeType: string) => boolean;

/** What a browser offers, best first: one that fails at run time leaves the next. */
export function chooseFormats(supports: SupportsType, kind: "video" | "sound"): RecordingFormat[] {
  return (kind === "sound" ? SOUND : VIDEO).filter(supports).map(describeFormat);
}

export function describeFormat(mimeType: string): RecordingFormat {
  return { mimeType, container: mimeType.replace(/;.*/, "") };
}

/** A key frame a second keeps MP4 pieces short; two seconds are enough for seeking in WebM. */
export function recorderOptions(format: RecordingFormat, quality: Quality): MediaRecorderOptions {
  const { video, audio } = bitsPerSecond(quality);
  const sound = { mimeType: format.mimeType, audioBitsPerSecond: audio };
  if (quality === "audio") return sound;
  const keyFrameMs = format.container === "video/mp4" ? 1000 : 2000;
  // The last one is newer than TypeScript's list; browsers without it ignore it.
  const picture = { videoBitsPerSecond: video, videoKeyFrameIntervalDuration: keyFrameMs };
  return { ...sound, ...picture };
}
