import { type RefObject, useRef, useState } from "react";

import type { Media } from "./media";
import { quietly } from "./quietly";
import { useFresh } from "./use-fresh";

/** An address that works no longer than this is not worth another one. */
const TOO_SHORT_MS = 5_000;

export type Problem = "broken" | "unsupported";

interface Place {
  time: number;
  play: boolean;
}

/**
 * Return what to play, and what to do where its address ends: go on with a new one at the same
 * second. What plays keeps the address it began with for as long as that works.
 */
export function useAddresses(
  mediaRef: RefObject<HTMLVideoElement | null>,
  offered: Media,
  renew: () => Promise<Media | null>,
) {
  const { fresh, ask, isOver } = useFresh(offered, renew);
  const [playing, setPlaying] = useState(fresh);
  const [problem, setProblem] = useState<Problem | null>(null);
  const place = useRef<Place | null>(null);
  const lastPlace = useRef<Place>({ time: 0, play: false });
  const changedAt = useRef(-Infinity);

  if (problem === "unsupported" && fresh.playsEverywhere) {
    // The copy for every browser has been made since.
    setProblem(null);
    setPlaying(fresh);
  }

  const goOnAt = async (where: Place, next: Promise<Media | null> | Media) => {
    place.current = lastPlace.current = where;
    const media = await next;
    if (!media) return setProblem("broken");
    changedAt.current = performance.now();
    setProblem(null);
    setPlaying(media);
    // The same address again is no change that the element would see.
    if (media.src === playing.src) mediaRef.current?.load();
  };

  const onError = () => {
    const video = mediaRef.current;
    if (!video) return;
    const { error, currentTime, paused } = video;
    const isUndecodable = error?.code === MediaError.MEDIA_ERR_DECODE;
    const isTooSoon = performance.now() - changedAt.current < TOO_SHORT_MS;
    if (place.current || isTooSoon || isUndecodable) {
      const cannot = isUndecodable || error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
      place.current = null;
      setProblem(cannot && !playing.playsEverywhere ? "unsupported" : "broken");
      return;
    }
    void goOnAt({ time: currentTime, play: !paused }, ask());
  };

  return {
    src: playing.src,
    fresh,
    problem,
    onError,
    retry: () => void goOnAt(lastPlace.current, ask()),
    /** Go on at the second where a new address was needed. */
    onLoadedMetadata: () => {
      const video = mediaRef.current;
      if (!video || !place.current) return;
      const { time, play } = place.current;
      place.current = null;
      video.currentTime = time;
      if (play) quietly(video.play());
    },
    /** Return whether the address is over: then what was asked for happens with the new one. */
    takesOver: (where: Place): boolean => {
      if (!isOver(playing)) return false;
      void goOnAt(where, isOver(fresh) ? ask() : fresh);
      return true;
    },
  };
}
