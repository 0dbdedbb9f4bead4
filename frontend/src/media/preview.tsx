import { useEffect, useState } from "react";

import type { Storyboard } from "./media";
import { tileAt } from "./seeking";

/** How wide the time stands alone, in pixels. */
const TIME_WIDTH = 56;

interface Props {
  storyboard: Storyboard | null;
  time: number;
  words: string;
  /** How far along the bar, as a CSS percentage. */
  place: string;
}

/** The picture of a second above the bar, never beyond its ends. */
export function Preview({ storyboard, time, words, place }: Props) {
  const url = useLoaded(storyboard?.url ?? null);
  const width = storyboard ? storyboard.tile_width : TIME_WIDTH;
  const left = `clamp(0px, calc(${place} - ${width / 2}px), calc(100% - ${width}px))`;
  return (
    <div
      aria-hidden
      style={{ width, left }}
      className="pointer-events-none absolute bottom-full z-10 mb-2 flex flex-col items-center gap-1"
    >
      {storyboard ? <Tile sheet={storyboard} url={url} time={time} /> : null}
      <span className="rounded-sm bg-black px-1.5 py-0.5 text-xs font-medium tabular-nums">
        {words}
      </span>
    </div>
  );
}

interface TileProps {
  sheet: Storyboard;
  url: string | null;
  time: number;
}

function Tile({ sheet, url, time }: TileProps) {
  const { x, y } = tileAt(time, sheet);
  return (
    <div
      data-tile
      className="rounded-sm border border-white/60 bg-black bg-no-repeat"
      style={{
        width: sheet.tile_width,
        height: sheet.tile_height,
        ...(url && { backgroundImage: `url("${url}")`, backgroundPosition: `-${x}px -${y}px` }),
      }}
    />
  );
}

/** Sheets that were fetched stay with the page: a newer address shows the same pictures. */
const loaded = new Map<string, HTMLImageElement>();
const MOST_SHEETS = 8;

const sheetOf = (url: string) => url.split("?")[0] ?? url;

/** Return an address of the picture once it is here. */
function useLoaded(url: string | null): string | null {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (!url || loaded.has(sheetOf(url))) return;
    const image = new Image();
    image.addEventListener("load", () => {
      loaded.set(sheetOf(url), image);
      // The first of a map is its oldest.
      for (const old of loaded.keys()) if (loaded.size > MOST_SHEETS) loaded.delete(old);
      setCount((count) => count + 1);
    });
    image.src = url;
  }, [url]);
  return url ? (loaded.get(sheetOf(url))?.src ?? null) : null;
}
