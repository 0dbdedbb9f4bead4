import type { RefObject } from "react";

import { type Change, type Preferences, RATES } from "./preferences";
import { quietly } from "./quietly";
import { clamp } from "./seeking";

/** Phones of Apple show one thing alone in full screen: the video itself. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?(): void;
}

interface Parts {
  mediaRef: RefObject<HTMLVideoElement | null>;
  frameRef: RefObject<HTMLElement | null>;
  durationSeconds: number;
  preferences: Preferences;
  change: Change;
  /** Return true where a new address had to be fetched, and will be gone on with. */
  takesOver(place: { time: number; play: boolean }): boolean;
  help(): void;
}

export interface Commands {
  toggle(): void;
  seek(time: number): void;
  /** Show a second while the pointer is still on its way: some are left out. */
  scrub(time: number): void;
  seekPart(part: number): void;
  skip(by: number): void;
  mute(): void;
  changeVolume(by: number): void;
  changeRate(by: 1 | -1): void;
  captions(): void;
  fullscreen(): void;
  pictureInPicture(): void;
  help(): void;
}

export function useCommands(parts: Parts): Commands {
  const { preferences, change, help } = parts;
  return {
    ...transport(parts),
    ...windows(parts),
    mute: () => change({ isMuted: !preferences.isMuted }),
    changeVolume: (by) => {
      // In hundredths: twenty steps of 0.05 should end at nothing.
      const volume = Math.round(clamp(preferences.volume + by, 0, 1) * 100) / 100;
      change({ volume, isMuted: volume === 0 });
    },
    changeRate: (by) => {
      const place = RATES.findIndex((rate) => rate === preferences.rate) + by;
      change({ rate: RATES[clamp(place, 0, RATES.length - 1)] ?? 1 });
    },
    captions: () => change({ showsCaptions: !preferences.showsCaptions }),
    help,
  };
}

function transport({ mediaRef, durationSeconds, takesOver }: Parts) {
  const withVideo = (act: (video: HTMLVideoElement) => void) => () =>
    void (mediaRef.current && act(mediaRef.current));
  const end = ({ duration }: HTMLVideoElement) =>
    Number.isFinite(duration) ? duration : durationSeconds;
  const seek = (of: (video: HTMLVideoElement) => number) =>
    withVideo((video) => {
      const time = clamp(of(video), 0, end(video));
      if (!takesOver({ time, play: !video.paused })) video.currentTime = time;
    })();
  return {
    toggle: withVideo((video) => {
      if (!video.paused) video.pause();
      else if (!takesOver({ time: video.currentTime, play: true })) quietly(video.play());
    }),
    seek: (time: number) => seek(() => time),
    scrub: (time: number) => {
      if (!mediaRef.current?.seeking) seek(() => time);
    },
    seekPart: (part: number) => seek((video) => part * end(video)),
    skip: (by: number) => seek((video) => video.currentTime + by),
  };
}

function windows({ mediaRef, frameRef }: Parts) {
  return {
    fullscreen: () => {
      const frame = frameRef.current;
      if (document.fullscreenElement) quietly(document.exitFullscreen());
      else if (frame?.requestFullscreen) quietly(frame.requestFullscreen());
      else (mediaRef.current as AppleVideo | null)?.webkitEnterFullscreen?.();
    },
    pictureInPicture: () => {
      if (document.pictureInPictureElement) quietly(document.exitPictureInPicture());
      else quietly(mediaRef.current?.requestPictureInPicture());
    },
  };
}
