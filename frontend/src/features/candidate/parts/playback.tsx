import { useCallback } from "react";

import { useWords } from "../context";

/** Plays a recording that this device keeps. */
export function Playback({ blob }: { blob: Blob }) {
  const { t } = useWords();
  const show = useCallback(
    (element: HTMLMediaElement | null) => {
      if (!element) return undefined;
      const address = URL.createObjectURL(blob);
      element.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [blob],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- one's own words, spoken a moment ago
    <video
      ref={show}
      controls
      playsInline
      aria-label={t("playback.label")}
      className="max-h-[60dvh] w-full rounded-lg bg-black"
    />
  );
}
