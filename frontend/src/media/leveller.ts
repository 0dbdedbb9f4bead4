export interface Level {
  /** What the person chose, 0 to 1. */
  volume: number;
  /** What makes the recording as loud as the others. */
  factor: number;
}

export type Leveller = (level: Level) => void;

/** Browsers allow few of them: all players of the page share one. */
let context: AudioContext | undefined;

/** Take over the sound of an element for good, and return what sets its level. */
export async function levellerOf(video: HTMLVideoElement): Promise<Leveller> {
  return (await isOurs(video.currentSrc)) ? amplifier(video) : damper(video);
}

function amplifier(video: HTMLVideoElement): Leveller {
  context ??= new AudioContext();
  const audio = context;
  const gain = audio.createGain();
  audio.createMediaElementSource(video).connect(gain).connect(audio.destination);
  return ({ volume, factor }) => {
    video.volume = volume;
    gain.gain.value = factor;
    void audio.resume();
  };
}

/** Without the Web Audio API loud answers can be turned down, quiet ones not up. */
const damper =
  (video: HTMLVideoElement): Leveller =>
  ({ volume, factor }) => {
    video.volume = volume * Math.min(1, factor);
  };

/**
 * Return whether the file comes from here. A bucket answers from another origin: its sound would
 * be silence in the Web Audio API.
 */
async function isOurs(src: string): Promise<boolean> {
  const answer = await fetch(src, { method: "HEAD", redirect: "manual" }).catch(() => null);
  return answer !== null && answer.type !== "opaqueredirect" && answer.ok;
}
