import { useSyncExternalStore } from "react";

export type Screen = "mobile" | "tablet" | "desktop";

const TABLET = "(min-width: 768px)";
const DESKTOP = "(min-width: 1024px)";

function subscribe(notify: () => void): () => void {
  const queries = [TABLET, DESKTOP].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", notify);
  return () => {
    for (const query of queries) query.removeEventListener("change", notify);
  };
}

function current(): Screen {
  if (matchMedia(DESKTOP).matches) return "desktop";
  return matchMedia(TABLET).matches ? "tablet" : "mobile";
}

/** Which of the three sizes of the product the window has. */
export const useScreen = (): Screen => useSyncExternalStore(subscribe, current);
