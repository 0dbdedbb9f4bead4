import type { Storyboard } from "./media";

export const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** Return the second below a pointer: a bar's left end is the beginning in every language. */
export function timeAt(x: number, bar: { left: number; width: number }, duration: number): number {
  return bar.width > 0 ? clamp((x - bar.left) / bar.width, 0, 1) * duration : 0;
}

/** Return how much of the whole a time is, as CSS writes it. */
export const percent = (time: number, duration: number): string =>
  `${duration > 0 ? clamp(time / duration, 0, 1) * 100 : 0}%`;

type Sheet = Omit<Storyboard, "url">;

/** Return where the tile of a second lies, in pixels from the sheet's top left corner. */
export function tileAt(time: number, sheet: Sheet): { x: number; y: number } {
  const index = clamp(Math.floor(time / sheet.interval_seconds), 0, sheet.tiles - 1);
  return {
    x: (index % sheet.columns) * sheet.tile_width,
    y: Math.floor(index / sheet.columns) * sheet.tile_height,
  };
}

/** Return the parts that are here already: pairs of seconds. */
export const rangesOf = (buffered: TimeRanges): [number, number][] =>
  Array.from({ length: buffered.length }, (_, index) => [
    buffered.start(index),
    buffered.end(index),
  ]);

/** Return as many peaks as there is room for, each the highest of those that it stands for. */
export function condense(peaks: number[], most: number): number[] {
  const count = Math.min(most, peaks.length);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * peaks.length) / count);
    const last = Math.floor(((index + 1) * peaks.length) / count);
    return Math.max(...peaks.slice(first, last));
  });
}
