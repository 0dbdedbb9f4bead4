import { type RefObject, useEffect } from "react";

import type { Captions } from "./media";

/** Return the language to show: what was chosen, else the reader's own, else what there is. */
export function captionsLanguage(
  captions: Captions[],
  chosen: string | null,
  own: string,
): string | null {
  const offered = captions.map(({ language }) => language);
  const primary = (language: string) => language.split("-")[0];
  return (
    offered.find((language) => language === chosen) ??
    offered.find((language) => primary(language) === primary(own)) ??
    offered[0] ??
    null
  );
}

/** Show the captions of one language, or none. */
export function useCaptions(
  mediaRef: RefObject<HTMLVideoElement | null>,
  language: string | null,
): void {
  useEffect(() => {
    if (mediaRef.current) showCaptions(mediaRef.current, language);
  }, [mediaRef, language]);
}

function showCaptions({ textTracks }: HTMLVideoElement, language: string | null): void {
  for (const track of textTracks) track.mode = track.language === language ? "showing" : "disabled";
}
