import { type RefObject, useEffect, useRef } from "react";

import { levelling } from "./loudness";
import type { Leveller } from "./leveller";
import type { Media } from "./media";
import type { Change, Preferences } from "./preferences";

type MediaRef = RefObject<HTMLVideoElement | null>;

/** Play as the person likes it: the element follows what was chosen. */
export function useSettings(
  mediaRef: MediaRef,
  media: Media,
  preferences: Preferences,
  change: Change,
): void {
  const { rate, volume, isMuted, isLevelled } = preferences;
  useEffect(() => {
    const video = mediaRef.current;
    if (!video) return;
    video.preservesPitch = true;
    // The default is what a new address begins with.
    video.defaultPlaybackRate = video.playbackRate = rate;
  }, [mediaRef, rate]);
  useEffect(() => {
    if (mediaRef.current) mediaRef.current.muted = isMuted;
  }, [mediaRef, isMuted]);
  useEffect(() => {
    const video = mediaRef.current;
    if (!video) return;
    // Outside the page, as in the window of picture-in-picture, there is a mute button too.
    const read = () => video.muted !== isMuted && change({ isMuted: video.muted });
    video.addEventListener("volumechange", read);
    return () => video.removeEventListener("volumechange", read);
  }, [mediaRef, isMuted, change]);

  const { loudnessLufs, peakDbfs } = media;
  const factor = isLevelled && loudnessLufs !== null ? levelling(loudnessLufs, peakDbfs) : 1;
  useVolume(mediaRef, volume, factor);
}

/** Make an answer as loud as the others; the Web Audio API is fetched when first needed. */
function useVolume(mediaRef: MediaRef, volume: number, factor: number): void {
  const leveller = useRef<Promise<Leveller> | null>(null);
  const wanted = useRef({ volume, factor });
  useEffect(() => {
    wanted.current = { volume, factor };
    const video = mediaRef.current;
    if (!video) return;
    const apply = async () => {
      leveller.current ??= import("./leveller").then(({ levellerOf }) => levellerOf(video));
      try {
        (await leveller.current)(wanted.current);
      } catch {
        // It did not come, or the browser refused: as loud as it is, until it is played again.
        leveller.current = null;
        video.volume = wanted.current.volume;
      }
    };
    if (factor === 1 && !leveller.current) {
      video.volume = volume;
      return;
    }
    // Browsers let a page sound once somebody has asked for it.
    if (!video.paused || leveller.current) void apply();
    const onPlay = () => void apply();
    video.addEventListener("play", onPlay);
    return () => video.removeEventListener("play", onPlay);
  }, [mediaRef, volume, factor]);
}
