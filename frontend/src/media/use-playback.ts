import { type RefObject, useEffect, useState } from "react";

export interface Playback {
  isPlaying: boolean;
  time: number;
  duration: number;
  rate: number;
  isMuted: boolean;
}

const EVENTS = [
  "play",
  "pause",
  "timeupdate",
  "seeked",
  "durationchange",
  "ratechange",
  "volumechange",
  "ended",
] as const;

/** Follow a media element: what its own controls would show. */
export function usePlayback(media: RefObject<HTMLVideoElement | null>, known: number): Playback {
  const [state, setState] = useState<Playback>({
    isPlaying: false,
    time: 0,
    duration: known,
    rate: 1,
    isMuted: false,
  });
  useEffect(() => {
    const video = media.current;
    if (!video) return;
    const read = () =>
      setState({
        isPlaying: !video.paused,
        time: video.currentTime,
        // A stream without an index has an endless duration: the server measured it.
        duration: Number.isFinite(video.duration) ? video.duration : known,
        rate: video.playbackRate,
        isMuted: video.muted,
      });
    for (const name of EVENTS) video.addEventListener(name, read);
    return () => {
      for (const name of EVENTS) video.removeEventListener(name, read);
    };
  }, [media, known]);
  return state;
}
