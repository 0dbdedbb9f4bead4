import { type Quality } from "../quality";
import type { UploadLine } from "./uploader";

/** How many pieces the speed is taken from: older ones say little about now. */
const WINDOW = 8;
/** Smaller pieces measure the way there and back, not its width. */
const SMALLEST_SAMPLE = 32 * 1024;

interface Sample {
  bytes: number;
  ms: number;
}

/** How fast the way to the server is, in bits a second, from the pieces that went over it. */
export class UplinkMeter implements UploadLine {
  private samples: Sample[] = [];

  constructor(
    private readonly onMeasured: (bitsPerSecond: number) => void,
    private readonly onAnswer: (answers: boolean) => void = () => undefined,
  ) {}

  sent(bytes: number, ms: number, full: boolean): void {
    this.onAnswer(true);
    if (bytes < SMALLEST_SAMPLE) return;
    const sample = { bytes, ms: Math.max(1, ms) };
    // A piece that took all there was says "at least": it can only better what is known.
    const known = this.bitsPerSecond;
    if (!full && (known === null || speedOf([sample]) <= known)) return;
    this.samples = [...this.samples.slice(1 - WINDOW), sample];
    this.onMeasured(speedOf(this.samples));
  }

  broke(): void {
    this.onAnswer(false);
  }

  get bitsPerSecond(): number | null {
    return this.samples.length === 0 ? null : speedOf(this.samples);
  }
}

function speedOf(samples: readonly Sample[]): number {
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0);
  const ms = samples.reduce((sum, sample) => sum + sample.ms, 0);
  // Two digits: a change below that is none.
  return Number(((bytes * 8000) / ms).toPrecision(2));
}

/** What browsers other than Chromium do not have. */
interface NetworkInformation extends EventTarget {
  effectiveType?: string;
  saveData?: boolean;
  type?: string;
}

export interface LineHint {
  metered: boolean;
  quality: Quality;
}

const HINTS: Record<string, Quality> = { "slow-2g": 360, "2g": 360, "3g": 480 };

/** What the browser believes of the line, before anything was sent. */
export function lineHint(navigator: Navigator): LineHint {
  const { connection } = navigator as { connection?: NetworkInformation };
  const saves = connection?.saveData ?? false;
  const quality = HINTS[connection?.effectiveType ?? ""] ?? 720;
  return {
    metered: saves || connection?.type === "cellular",
    quality: saves ? 360 : quality,
  };
}

const PROBE_BYTES = 256 * 1024;
const QUICKEST_MS = 20;

/**
 * Measure the way before the first answer: a request of nothing takes the way's time off one of
 * 256 KiB. Raises what `send` raises.
 */
export async function probeUplink(
  send: (bytes: number) => Promise<void>,
  meter: UploadLine,
): Promise<void> {
  const empty = await timed(() => send(0));
  const full = await timed(() => send(PROBE_BYTES));
  meter.sent(PROBE_BYTES, Math.max(QUICKEST_MS, full - empty), true);
}

async function timed(act: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}
