import { Maximize, Pause, Play, Volume2, VolumeX } from "lucide-react";
import type { ReactNode } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import type { Commands } from "./player";
import { clock } from "./time";
import type { Playback } from "./use-playback";

const RATES = [0.75, 1, 1.25, 1.5, 2];
const SEEK_STEP_SECONDS = 1;

interface Props {
  playback: Playback;
  commands: Commands;
}

/** Light on black whatever the theme: they belong to the picture. */
export function Controls({ playback, commands }: Props) {
  const { t } = useTypedI18n<RecruiterKey>();
  const { isPlaying, isMuted } = playback;
  return (
    <div className="flex flex-wrap items-center gap-1 bg-black px-2 py-1.5 text-white sm:gap-2">
      <Control label={t(isPlaying ? "player.pause" : "player.play")} onPress={commands.toggle}>
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </Control>
      <SeekBar playback={playback} commands={commands} />
      <RateButton playback={playback} commands={commands} />
      <Control label={t(isMuted ? "player.unmute" : "player.mute")} onPress={commands.mute}>
        {isMuted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
      </Control>
      <Control label={t("player.fullscreen")} onPress={commands.fullscreen}>
        <Maximize aria-hidden />
      </Control>
    </div>
  );
}

interface ControlProps {
  label: string;
  onPress(): void;
  children: ReactNode;
}

const CONTROL =
  "flex h-10 min-w-10 shrink-0 cursor-pointer items-center justify-center rounded-md px-1 text-sm " +
  "font-semibold tabular-nums hover:bg-white/15 focus-visible:outline-white max-md:h-11 [&_svg]:size-5";

function Control({ label, onPress, children }: ControlProps) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress} className={CONTROL}>
      {children}
    </button>
  );
}

function SeekBar({ playback, commands }: Props) {
  const { t } = useTypedI18n<RecruiterKey>();
  const { time, duration } = playback;
  const words = t("player.position", { time: clock(time), duration: clock(duration) });
  return (
    <>
      <input
        type="range"
        aria-label={t("player.seek")}
        aria-valuetext={words}
        min={0}
        max={duration || 1}
        step={SEEK_STEP_SECONDS / 10}
        value={Math.min(time, duration || 1)}
        onChange={(event) => commands.seek(event.currentTarget.valueAsNumber)}
        className="h-10 min-w-0 grow cursor-pointer accent-white focus-visible:outline-white max-sm:order-first max-sm:basis-full"
      />
      <span aria-hidden className="shrink-0 px-1 text-sm tabular-nums max-sm:me-auto">
        {clock(time)} / {clock(duration)}
      </span>
    </>
  );
}

/** One button goes through the speeds: quicker to reach than a menu. */
function RateButton({ playback, commands }: Props) {
  const { t, number } = useTypedI18n<RecruiterKey>();
  const next = RATES[(RATES.indexOf(playback.rate) + 1) % RATES.length] ?? 1;
  const label = t("player.rate", { rate: playback.rate });
  return (
    <Control label={label} onPress={() => commands.setRate(next)}>
      {`${number(playback.rate)}×`}
    </Control>
  );
}
