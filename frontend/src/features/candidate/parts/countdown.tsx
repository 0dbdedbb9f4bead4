import { useEffect, useEffectEvent, useState } from "react";

import { useController, useDuration, useWords } from "../context";
import { Progress } from "./controls";

const TICK_MS = 200;
const SPOKEN_AT = [60, 30, 10];
const LAST_SECONDS = 10;

/** Seconds until a moment of the server's time; calls back once when it has come. */
export function useSecondsLeft(endsAt: number | null, onEnd: () => void): number | null {
  const controller = useController();
  const left = () => (endsAt === null ? null : Math.max(0, (endsAt - controller.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  const ended = useEffectEvent(onEnd);

  useEffect(() => {
    if (endsAt === null) return;
    const timer = setInterval(() => {
      const now = Math.max(0, (endsAt - controller.now()) / 1000);
      setSeconds(now);
      if (now > 0) return;
      clearInterval(timer);
      ended();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [controller, endsAt]);

  return seconds;
}

export function clockText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

interface CountdownProps {
  endsAt: number;
  totalSeconds: number;
  label: string;
  onEnd: () => void;
  /** Runs out of sight: for whoever was granted all the time they need. */
  silent?: boolean;
}

/** Time left: visible and calm; spoken at 60, 30 and 10 seconds only. */
export function Countdown({ endsAt, totalSeconds, label, onEnd, silent }: CountdownProps) {
  const seconds = useSecondsLeft(endsAt, onEnd) ?? totalSeconds;
  const last = seconds <= LAST_SECONDS;
  if (silent) return null;
  return (
    <div>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <span className="text-ink-soft">{label}</span>
        <span
          role="timer"
          aria-label={label}
          className={`text-3xl font-semibold tabular-nums ${last ? "text-wait-ink" : ""}`}
        >
          <bdi dir="ltr">{clockText(seconds)}</bdi>
        </span>
      </div>
      <div aria-hidden="true">
        <Progress
          value={seconds}
          max={totalSeconds}
          label={label}
          tone={last ? "wait" : "accent"}
        />
      </div>
      <Spoken seconds={seconds} totalSeconds={totalSeconds} />
    </div>
  );
}

function Spoken({ seconds, totalSeconds }: { seconds: number; totalSeconds: number }) {
  const { t } = useWords();
  const duration = useDuration();
  const passed = SPOKEN_AT.findLast((mark) => mark < totalSeconds && seconds <= mark);
  return (
    <p className="sr-only" aria-live="polite">
      {passed === undefined ? "" : t("timer.left", { duration: duration(passed) })}
    </p>
  );
}
