/**
 * What the browser may record, best first. H.264 in WebM comes first because the server makes an
 * MP4 of it without transcoding; MP4 comes last because its pieces are larger, but it is all that
 * Safari offers.
 */
const CANDIDATES = [
  "video/webm;codecs=h264,opus",
  "video/webm;codecs=vp9,opus",
  "video/webm;codecs=vp8,opus",
  "video/webm",
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4;codecs=avc1.42E01F,opus",
  "video/mp4",
];

const AUDIO_BITS_PER_SECOND = 96_000;

export interface RecordingFormat {
  /** The whole type with its codecs, for MediaRecorder. */
  mimeType: string;
  /** The type alone, for the upload's metadata and a downloaded file. */
  container: "video/webm" | "video/mp4";
  extension: "webm" | "mp4";
}

export type SupportsType = (mimeType: string) => boolean;

export function chooseFormat(supports: SupportsType): RecordingFormat | null {
  const mimeType = CANDIDATES.find(supports);
  return mimeType === undefined ? null : describeFormat(mimeType);
}

export function describeFormat(mimeType: string): RecordingFormat {
  const isMp4 = mimeType.startsWith("video/mp4");
  return isMp4
    ? { mimeType, container: "video/mp4", extension: "mp4" }
    : { mimeType, container: "video/webm", extension: "webm" };
}

export function videoBitsPerSecond(height: number): number {
  if (height >= 720) return 1_500_000;
  return height >= 480 ? 800_000 : 500_000;
}

/** A key frame a second keeps MP4 pieces short; two seconds are enough for seeking in WebM. */
export function recorderOptions(format: RecordingFormat, height: number): MediaRecorderOptions {
  const keyFrameMs = format.container === "video/mp4" ? 1000 : 2000;
  // The last one is newer than TypeScript's list; browsers without it ignore it.
  const options = {
    mimeType: format.mimeType,
    videoBitsPerSecond: videoBitsPerSecond(height),
    audioBitsPerSecond: AUDIO_BITS_PER_SECOND,
    videoKeyFrameIntervalDuration: keyFrameMs,
  };
  return options;
}

export function estimatedBytes(height: number, seconds: number): number {
  return Math.round(((videoBitsPerSecond(height) + AUDIO_BITS_PER_SECOND) / 8) * seconds);
}
