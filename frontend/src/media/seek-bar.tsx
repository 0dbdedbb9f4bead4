import { type MouseEvent, type PointerEvent, useRef, useState } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import type { Commands } from "./commands";
import type { Media } from "./media";
import { Preview } from "./preview";
import { percent, timeAt } from "./seeking";
import { clock, spoken } from "./time";
import type { Playback } from "./use-playback";
import { Waveform } from "./waveform";

interface Props {
  media: Media;
  playback: Playback;
  commands: Pick<Commands, "seek" | "scrub">;
}

/**
 * Where one is, and the way elsewhere: by pointer, by finger, and by keyboard through a range input
 * that screen readers know how to move.
 */
export function SeekBar({ media, playback, commands }: Props) {
  const { t, number, list } = useTypedI18n<RecruiterKey>();
  const { duration, buffered } = playback;
  const { pointed, dragged, handlers } = usePointer(duration, commands);
  const [isFocused, setFocused] = useState(false);
  const time = dragged ?? playback.time;
  const previewed = pointed ?? (isFocused ? time : null);
  const say = (seconds: number) => spoken(seconds, number, list);
  return (
    <div
      {...handlers}
      className={`relative w-full cursor-pointer touch-pan-y rounded-sm select-none has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-white ${media.waveform ? "h-11" : "h-6 pointer-coarse:h-11"}`}
    >
      {media.waveform ? (
        <div className="absolute inset-x-0 top-1 bottom-3">
          <Waveform peaks={media.waveform} played={percent(time, duration)} />
        </div>
      ) : null}
      <Rail time={time} duration={duration} buffered={buffered} isFree={!media.waveform} />
      {previewed === null ? null : (
        <Preview
          storyboard={media.storyboard}
          time={previewed}
          words={clock(previewed, number)}
          place={percent(previewed, duration)}
        />
      )}
      <input
        type="range"
        data-control="seek"
        aria-label={t("player.seek")}
        aria-valuetext={t("player.position", { time: say(time), duration: say(duration) })}
        min={0}
        max={duration || 1}
        step={0.1}
        value={Math.min(time, duration || 1)}
        onChange={(event) => commands.seek(event.currentTarget.valueAsNumber)}
        onFocus={(event) => setFocused(event.currentTarget.matches(":focus-visible"))}
        onBlur={() => setFocused(false)}
        className="pointer-events-none absolute inset-0 size-full opacity-0"
      />
    </div>
  );
}

/** Follow the pointer over the bar: the second below it, and the one that it drags to. */
function usePointer(duration: number, commands: Props["commands"]) {
  const [pointed, setPointed] = useState<number | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const isDragging = useRef(false);
  const at = (event: PointerEvent<HTMLElement>) =>
    timeAt(event.clientX, event.currentTarget.getBoundingClientRect(), duration);
  const follow = (event: PointerEvent<HTMLElement>) => {
    const time = at(event);
    setPointed(time);
    if (!isDragging.current) return;
    setDragged(time);
    commands.scrub(time);
  };
  const leave = () => {
    isDragging.current = false;
    setDragged(null);
    setPointed(null);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      isDragging.current = true;
      follow(event);
    },
    onPointerMove: follow,
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!isDragging.current) return;
      commands.seek(at(event));
      isDragging.current = false;
      setDragged(null);
      // A mouse still points there, a finger is gone.
      if (event.pointerType !== "mouse") setPointed(null);
    },
    onPointerCancel: leave,
    onPointerLeave: () => {
      if (!isDragging.current) leave();
    },
    // The keys go on working after a click.
    onMouseDown: (event: MouseEvent<HTMLElement>) => {
      event.preventDefault();
      event.currentTarget.querySelector("input")?.focus({ preventScroll: true });
    },
  };
  return { pointed, dragged, handlers };
}

interface RailProps extends Pick<Playback, "time" | "duration" | "buffered"> {
  isFree: boolean;
}

/** The line of time: what is here already, what was played. */
function Rail({ time, duration, buffered, isFree }: RailProps) {
  const place = percent(time, duration);
  return (
    <div
      className={`absolute inset-x-0 h-1 rounded-full bg-white/25 ${isFree ? "top-1/2 -translate-y-1/2" : "bottom-1"}`}
    >
      {buffered.map(([start, end]) => (
        <div
          key={start}
          className="absolute h-full rounded-full bg-white/35"
          style={{ left: percent(start, duration), width: percent(end - start, duration) }}
        />
      ))}
      <div className="absolute h-full rounded-full bg-white" style={{ width: place }} />
      <div
        className="absolute top-1/2 size-3 -translate-1/2 rounded-full bg-white"
        style={{ left: place }}
      />
    </div>
  );
}
