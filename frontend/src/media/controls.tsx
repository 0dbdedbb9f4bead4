import {
  Captions,
  CaptionsOff,
  Maximize,
  Minimize,
  Pause,
  Play,
  Volume2,
  VolumeX,
} from "lucide-react";
import type { ReactNode } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import type { Commands } from "./commands";
import type { Media } from "./media";
import { RateMenu, SettingsMenu } from "./menus";
import type { Change, Preferences } from "./preferences";
import { SeekBar } from "./seek-bar";
import { CONTROL } from "./styles";
import { clock } from "./time";
import type { Playback } from "./use-playback";

export interface ControlsProps {
  media: Media;
  playback: Playback;
  commands: Commands;
  preferences: Preferences;
  change: Change;
  /** The language that captions are shown in, when they are. */
  captions: string | null;
  isFull: boolean;
}

/**
 * Light on black whatever the theme: they belong to the picture.
 *
 * They stand as in every player, from the left, in Arabic too; words, menus and the help follow
 * the language. Time runs to the right on every device, the arrow keys with it, and readers of
 * Arabic who were asked (video.js #949, NuvioTV #1302: 80 %) found a bar turned around confusing.
 */
export function Controls(props: ControlsProps) {
  const { media, playback, commands, isFull } = props;
  const { t } = useTypedI18n<RecruiterKey>();
  const { isPlaying } = playback;
  return (
    <div
      dir="ltr"
      className="flex flex-col bg-black px-2 pt-2 pb-1 transition-opacity group-data-full/player:absolute group-data-full/player:inset-x-0 group-data-full/player:bottom-0 group-data-full/player:bg-black/80 group-data-full/player:px-4 group-data-idle/player:opacity-0"
    >
      <SeekBar media={media} playback={playback} commands={commands} />
      <div className="flex items-center sm:gap-1">
        <Control label={t(isPlaying ? "player.pause" : "player.play")} onPress={commands.toggle}>
          {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        </Control>
        <Volume {...props} />
        <Time playback={playback} />
        <RateMenu {...props} />
        <CaptionsButton {...props} />
        <SettingsMenu {...props} />
        <Control
          label={t(isFull ? "player.leaveFullscreen" : "player.fullscreen")}
          onPress={commands.fullscreen}
        >
          {isFull ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
        </Control>
      </div>
    </div>
  );
}

interface ControlProps {
  label: string;
  isPressed?: boolean;
  onPress(): void;
  children: ReactNode;
}

function Control({ label, isPressed, onPress, children }: ControlProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onPress}
      className={CONTROL}
    >
      {children}
    </button>
  );
}

/** Phones have buttons for the volume, and keep a page from setting it. */
function Volume({ commands, preferences, change }: ControlsProps) {
  const { t, number } = useTypedI18n<RecruiterKey>();
  const { volume, isMuted } = preferences;
  const heard = isMuted ? 0 : volume;
  return (
    <>
      <Control label={t(isMuted ? "player.unmute" : "player.mute")} onPress={commands.mute}>
        {heard === 0 ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
      </Control>
      <input
        type="range"
        data-control="volume"
        aria-label={t("player.volume")}
        aria-valuetext={number(heard, { style: "percent" })}
        min={0}
        max={1}
        step={0.05}
        value={heard}
        onChange={({ currentTarget: { valueAsNumber } }) =>
          change({ volume: valueAsNumber, isMuted: valueAsNumber === 0 })
        }
        className="h-6 w-20 cursor-pointer accent-white focus-visible:outline-white max-md:hidden pointer-coarse:hidden"
      />
    </>
  );
}

function Time({ playback: { time, duration } }: { playback: Playback }) {
  const { number } = useTypedI18n<RecruiterKey>();
  return (
    <span aria-hidden className="me-auto px-1 text-sm whitespace-nowrap tabular-nums">
      {clock(time, number)} / {clock(duration, number)}
    </span>
  );
}

function CaptionsButton({ media, commands, preferences }: ControlsProps) {
  const { t } = useTypedI18n<RecruiterKey>();
  if (media.captions.length === 0) return null;
  const isShown = preferences.showsCaptions;
  return (
    <Control label={t("player.captions")} isPressed={isShown} onPress={commands.captions}>
      {isShown ? <Captions aria-hidden /> : <CaptionsOff aria-hidden />}
    </Control>
  );
}
