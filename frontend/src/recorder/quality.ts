/** How large an answer is recorded: the picture's short side, or no picture at all. */
export type Quality = 720 | 480 | 360 | "audio";

/** Best first. Only a candidate who agrees comes to "audio". */
export const QUALITIES: readonly Quality[] = [720, 480, 360, "audio"];

const SMALLEST_PICTURE: Quality = 360;
const VIDEO_BITS = { 720: 1_500_000, 480: 800_000, 360: 500_000, audio: 0 };
const AUDIO_BITS = 96_000;
/** Without a picture there is room for a better sound. */
const SOUND_ONLY_BITS = 128_000;

export function bitsPerSecond(quality: Quality): { video: number; audio: number } {
  const audio = quality === "audio" ? SOUND_ONLY_BITS : AUDIO_BITS;
  return { video: VIDEO_BITS[quality], audio };
}

/** Bytes that an answer of that length takes at most. */
export function estimatedBytes(quality: Quality, seconds: number): number {
  return Math.round((totalBits(quality) / 8) * seconds);
}

export function worse(one: Quality, other: Quality): Quality {
  return QUALITIES.indexOf(one) > QUALITIES.indexOf(other) ? one : other;
}

/** One step down, as long as there is a picture. */
export function stepDown(quality: Quality): Quality {
  const next = QUALITIES[QUALITIES.indexOf(quality) + 1];
  return quality === SMALLEST_PICTURE || next === undefined ? quality : next;
}

/** The best picture that a height holds. */
export function qualityOfHeight(height: number): Quality {
  return QUALITIES.find((one) => one !== "audio" && height >= one) ?? SMALLEST_PICTURE;
}

/** The best picture that arrives as fast as it is recorded; the smallest where none does. */
export function qualityForUplink(bits: number): Quality {
  return QUALITIES.find((one) => one !== "audio" && totalBits(one) <= bits) ?? SMALLEST_PICTURE;
}

function totalBits(quality: Quality): number {
  const { video, audio } = bitsPerSecond(quality);
  return video + audio;
}
