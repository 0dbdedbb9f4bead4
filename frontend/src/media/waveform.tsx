import { condense } from "./seeking";

const MOST_BARS = 160;
const BAR_WIDTH = 0.6;
const LOWEST = 4;
/** Who speaks softly has a shape too; who only breathes has none. */
const LEAST_HIGHEST = 20;

interface Props {
  /** 0 to 100. */
  peaks: number[];
  /** How much of it was played, as a CSS percentage. */
  played: string;
  /** Grow from the middle instead of from the bottom. */
  isMirrored?: boolean;
}

/** The shape of the sound; what was played is white. */
export function Waveform({ peaks, played, isMirrored = false }: Props) {
  const bars = condense(peaks, MOST_BARS);
  const scale = 100 / Math.max(LEAST_HIGHEST, ...bars);
  const path = bars
    .map((peak, place) => bar(place, Math.max(LOWEST, peak * scale), isMirrored))
    .join("");
  const shape = (className: string, style = {}) => (
    <svg
      aria-hidden
      viewBox={`0 0 ${bars.length} 100`}
      preserveAspectRatio="none"
      className={`absolute inset-0 size-full fill-current ${className}`}
      style={style}
    >
      <path d={path} />
    </svg>
  );
  return (
    <>
      {shape("text-white/35")}
      {shape("text-white", { clipPath: `inset(0 calc(100% - ${played}) 0 0)` })}
    </>
  );
}

const bar = (place: number, height: number, isMirrored: boolean) => {
  const top = isMirrored ? (100 - height) / 2 : 100 - height;
  return `M${place} ${top}h${BAR_WIDTH}v${height}h-${BAR_WIDTH}z`;
};
