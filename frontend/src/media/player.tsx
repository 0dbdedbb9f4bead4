import { type KeyboardEvent, type RefObject, useRef, useState } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import { Controls } from "./controls";
import { usePlayback } from "./use-playback";

interface Props {
  /** Signed, and good for some minutes only. */
  src: string;
  poster: string | null;
  durationSeconds: number;
  label: string;
  /** Fetch a new address when the old one no longer works. */
  renew(): Promise<string | null>;
}

const SKIP_SECONDS = 5;

/** A player for reviewing: seeking, speed, whole screen, all of it by keyboard too. */
export function Player({ src, poster, durationSeconds, label, renew }: Props) {
  const { t } = useTypedI18n<RecruiterKey>();
  const frameRef = useRef<HTMLDivElement>(null);
  const mediaRef = useRef<HTMLVideoElement>(null);
  const playback = usePlayback(mediaRef, durationSeconds);
  // A list that is read again brings a new address: what plays keeps the one it began with.
  const [current, setCurrent] = useState(src);
  const { onError, isBroken, resume } = useRenewal(mediaRef, renew, setCurrent);
  const commands = useCommands(mediaRef, frameRef);

  return (
    // The keys of the player work wherever the focus is inside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={frameRef}
      role="group"
      aria-label={label}
      dir="ltr"
      className="group/player relative flex flex-col bg-black"
      onKeyDown={(event) => press(event, commands)}
    >
      {/* Answers come as they were spoken; captions need a transcript. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={mediaRef}
        src={current}
        {...(poster && { poster })}
        preload="metadata"
        playsInline
        tabIndex={-1}
        className="max-h-[70dvh] min-h-0 w-full grow bg-black object-contain max-md:max-h-[55dvh] md:aspect-video"
        onClick={commands.toggle}
        onError={() => void onError()}
        onLoadedMetadata={resume}
      />
      {isBroken ? (
        <p role="alert" className="bg-black p-4 text-sm text-white">
          {t("player.broken")}
        </p>
      ) : null}
      <Controls playback={playback} commands={commands} />
    </div>
  );
}

/** When an address stopped working, get a new one once and go on at the same second. */
function useRenewal(
  mediaRef: RefObject<HTMLVideoElement | null>,
  renew: () => Promise<string | null>,
  setCurrent: (src: string) => void,
) {
  const [isBroken, setBroken] = useState(false);
  const goOn = useRef<{ time: number; play: boolean } | null>(null);

  const onError = async () => {
    const video = mediaRef.current;
    if (!video || goOn.current) return setBroken(true);
    goOn.current = { time: video.currentTime, play: !video.paused };
    const src = await renew().catch(() => null);
    if (src) setCurrent(src);
    else setBroken(true);
  };
  const resume = () => {
    const video = mediaRef.current;
    if (!video || !goOn.current) return;
    video.currentTime = goOn.current.time;
    if (goOn.current.play) void video.play();
    goOn.current = null;
  };
  return { onError, isBroken, resume };
}

export type Commands = ReturnType<typeof useCommands>;

function useCommands(
  mediaRef: RefObject<HTMLVideoElement | null>,
  frameRef: RefObject<HTMLDivElement | null>,
) {
  const withVideo = (act: (video: HTMLVideoElement) => void) =>
    mediaRef.current && act(mediaRef.current);
  const seek = (time: number) => void withVideo((video) => (video.currentTime = Math.max(0, time)));
  return {
    seek,
    toggle: () => void withVideo((video) => (video.paused ? void video.play() : video.pause())),
    skip: (by: number) => void withVideo((video) => seek(video.currentTime + by)),
    mute: () => void withVideo((video) => (video.muted = !video.muted)),
    setRate: (rate: number) => void withVideo((video) => (video.playbackRate = rate)),
    fullscreen: () =>
      void (document.fullscreenElement
        ? document.exitFullscreen()
        : frameRef.current?.requestFullscreen()),
  };
}

/** The keys that players share: space or k, arrows, m, f. */
function press(event: KeyboardEvent, commands: Commands): void {
  const onControl = event.target !== event.currentTarget;
  const isSlider = event.target instanceof HTMLInputElement;
  const keys: Record<string, () => void> = {
    k: commands.toggle,
    m: commands.mute,
    f: commands.fullscreen,
    ...(!onControl && { " ": commands.toggle }),
    ...(!isSlider && {
      ArrowLeft: () => commands.skip(-SKIP_SECONDS),
      ArrowRight: () => commands.skip(SKIP_SECONDS),
    }),
  };
  const command = keys[event.key];
  if (!command || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  command();
}
