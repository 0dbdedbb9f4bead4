import { useCallback, useEffect, useState } from "react";

import type { Media } from "./media";

/** Ask for new addresses so long before the old ones end. */
const AHEAD_MS = 60_000;
const SHORTEST_WAIT_MS = 1_000;
/** How long after an asking that failed to ask once more. */
const AGAIN_MS = 10_000;

const msLeft = ({ expiresAt }: Pick<Media, "expiresAt">) =>
  expiresAt === null ? Infinity : Date.parse(expiresAt) - Date.now();

/** Keep the newest addresses at hand while somebody looks at the page. */
export function useFresh(offered: Media, renew: () => Promise<Media | null>) {
  const [renewed, setRenewed] = useState<Media | null>(null);
  // Where the clock of the device is wrong, only a refusal tells that an address is over.
  const [isClockWrong, setClockWrong] = useState(false);
  const isOver = (media: Pick<Media, "expiresAt">) => !isClockWrong && msLeft(media) <= 0;
  const fresh = renewed && msLeft(renewed) > msLeft(offered) ? renewed : offered;

  const ask = useCallback(async () => {
    const next = await renew().catch(() => null);
    setRenewed(next);
    setClockWrong(next !== null && msLeft(next) <= 0);
    return next;
  }, [renew]);

  const { expiresAt } = fresh;
  useEffect(() => {
    if (expiresAt === null || isClockWrong) return;
    return askAhead(expiresAt, ask);
  }, [expiresAt, isClockWrong, ask]);

  return { fresh, ask, isOver };
}

/** Ask ahead of the end, again if need be, while the page is seen. Return what stops it. */
function askAhead(expiresAt: string, ask: () => Promise<Media | null>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const plan = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void askIfSeen(), ms);
  };
  const askIfSeen = async () => {
    const left = msLeft({ expiresAt });
    if (document.visibilityState !== "visible" || left > AHEAD_MS) return;
    // Once the address is over, what plays asks by itself.
    if (!(await ask()) && left > AGAIN_MS) plan(AGAIN_MS);
  };
  const onSeen = () => void askIfSeen();
  plan(Math.max(SHORTEST_WAIT_MS, msLeft({ expiresAt }) - AHEAD_MS));
  document.addEventListener("visibilitychange", onSeen);
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onSeen);
  };
}
