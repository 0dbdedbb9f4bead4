const WINDOW_MS = 10_000;
const ENOUGH_MS = 3000;
const SOON_SECONDS = 45;

interface Sample {
  at: number;
  sent: number;
}

/** How long an upload will take, from what the last ten seconds brought. */
export class Pace {
  private samples: Sample[] = [];

  /**
   * Note how much was sent by now; return the seconds that the rest takes.
   * Null as long as it would be a guess, and while nothing moves.
   */
  secondsLeft(at: number, sent: number, total: number): number | null {
    const last = this.samples.at(-1);
    // Less than before: another answer is counted now.
    if (last && sent < last.sent) this.samples = [];
    this.samples.push({ at, sent });
    const begun = this.samples.findLastIndex((one) => at - one.at >= WINDOW_MS);
    if (begun > 0) this.samples.splice(0, begun);
    const first = this.samples[0] ?? { at, sent };
    if (at - first.at < ENOUGH_MS || sent <= first.sent) return null;
    return ((total - sent) * (at - first.at)) / (sent - first.sent) / 1000;
  }
}

/**
 * The whole minutes to show, 0 for the last seconds. A number that was shown goes up only when it
 * is clearly wrong: a time that jumps to and fro is believed by nobody.
 */
export function steadyMinutes(before: number | null, seconds: number | null): number | null {
  if (seconds === null) return before;
  const minutes = seconds <= SOON_SECONDS ? 0 : Math.ceil(seconds / 60);
  if (before === null || minutes <= before) return minutes;
  return seconds > Math.max(before, 1) * 60 * 1.25 ? minutes : before;
}
