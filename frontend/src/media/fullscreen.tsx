import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { UNSAFE_PortalProvider } from "react-aria/PortalProvider";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

const IDLE_AFTER_MS = 3_000;

/** Follow whether the frame fills the screen, and whether nobody moves while it plays there. */
export function useFullscreen(frameRef: RefObject<HTMLElement | null>, isPlaying: boolean) {
  const [isFull, setFull] = useState(false);
  const [isResting, setResting] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const read = () =>
      setFull(
        document.fullscreenElement !== null && document.fullscreenElement === frameRef.current,
      );
    document.addEventListener("fullscreenchange", read);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener("fullscreenchange", read);
    };
  }, [frameRef]);

  const wake = () => {
    setResting(false);
    clearTimeout(timer.current);
    if (isFull) timer.current = setTimeout(() => setResting(true), IDLE_AFTER_MS);
  };
  return { isFull, isIdle: isFull && isPlaying && isResting, wake };
}

/** In full screen nothing outside the frame is seen: its menus and dialogs open inside. */
export function Layer({ isFull, children }: { isFull: boolean; children: ReactNode }) {
  const { dir } = useTypedI18n<RecruiterKey>();
  const layer = useRef<HTMLDivElement>(null);
  return (
    <UNSAFE_PortalProvider getContainer={isFull ? () => layer.current : null}>
      {children}
      <div ref={layer} dir={dir} />
    </UNSAFE_PortalProvider>
  );
}
