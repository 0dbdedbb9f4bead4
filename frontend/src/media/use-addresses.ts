import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import type { Media } from "./media";

/** Ask for new addresses so long before the old ones end. */
const AHEAD_MS = 60_000;
const SHORTEST_WAIT_MS = 1_000;
/** An address that works no longer than this is not worth another one. */
const TOO_SHORT_MS = 5_000;

export type Problem = "broken" | "unsupported";

interface Place {
  time: number;
  play: boolean;
}

const msLeft = ({ expiresAt }: Pick<Media, "expiresAt">) =>
  expiresAt === null ? Infinity : Date.parse(expiresAt) - Date.now();

/** Keep the newest addresses at hand while somebody looks at the page. */
function useFresh(offered: Media, renew: () => Promise<Media | null>) {
  const [renewed, setRenewed] = useState<Media | null>(null);
  // Where the clock of the device is wrong, only a refusal tells that an address is over.
  const [isClockWrong, setClockWrong] = useState(false);
  const isOver = (media: Pick<Media, "expiresAt">) => !isClockWrong && msLeft(media) <= 0;
  const fresh = renewed && msLeft(renewed) > msLeft(offered) ? renewed : offered;

  const ask = useCallback(async () => {
    const next = await renew().catch(() => null);
    setRenewed(next);
    setClockWrong(next !== null && msLeft(next) <= 0);
    return next;
  }, [renew]);

  const { expiresAt } = fresh;
  useEffect(() => {
    if (expiresAt === null || isClockWrong) return;
    const wait = Math.max(SHORTEST_WAIT_MS, msLeft({ expiresAt }) - AHEAD_MS);
    const askIfSeen = () => {
      if (document.visibilityState === "visible" && msLeft({ expiresAt }) <= AHEAD_MS) void ask();
    };
    const timer = setTimeout(askIfSeen, wait);
    document.addEventListener("visibilitychange", askIfSeen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", askIfSeen);
    };
  }, [expiresAt, isClockWrong, ask]);

  return { fresh, ask, isOver };
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
      if (play) void video.play();
    },
    /** Return whether the address is over: then what was asked for happens with the new one. */
    takesOver: (where: Place): boolean => {
      if (!isOver(playing)) return false;
      void goOnAt(where, isOver(fresh) ? ask() : fresh);
      return true;
    },
  };
}
