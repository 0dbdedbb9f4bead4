import { type RefObject, useEffect, useState } from "react";

import { rangesOf } from "./seeking";

export interface Playback {
  isPlaying: boolean;
  /** It was asked to play, and has nothing to show yet. */
  isWaiting: boolean;
  hasBegun: boolean;
  time: number;
  duration: number;
  /** The seconds that are here already. */
  buffered: [number, number][];
}

const EVENTS = [
  "play",
  "playing",
  "pause",
  "waiting",
  "timeupdate",
  "progress",
  "seeking",
  "seeked",
  "durationchange",
  "emptied",
  "ended",
] as const;

/** Follow a media element: what its own controls would show. */
export function usePlayback(media: RefObject<HTMLVideoElement | null>, known: number): Playback {
  const [state, setState] = useState<Playback>({
    isPlaying: false,
    isWaiting: false,
    hasBegun: false,
    time: 0,
    duration: known,
    buffered: [],
  });
  useEffect(() => {
    const video = media.current;
    if (!video) return;
    const read = () =>
      setState((old) => ({ ...reading(video, known), hasBegun: began(video, old) }));
    for (const name of EVENTS) video.addEventListener(name, read);
    return () => {
      for (const name of EVENTS) video.removeEventListener(name, read);
    };
  }, [media, known]);
  return state;
}

const began = (video: HTMLVideoElement, { hasBegun }: Playback) => hasBegun || !video.paused;

const reading = (video: HTMLVideoElement, known: number): Omit<Playback, "hasBegun"> => ({
  isPlaying: !video.paused,
  isWaiting: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
  time: video.currentTime,
  // A stream without an index has an endless duration: the server measured it.
  duration: Number.isFinite(video.duration) ? video.duration : known,
  buffered: rangesOf(video.buffered),
});
