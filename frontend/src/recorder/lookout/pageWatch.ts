import type { RecorderEvent } from "../state";

const TICK_MS = 1000;
/** Hidden pages are called once a second at least; a page that records is never called less. */
const STOOD_STILL_MS = 5000;

type Tell = (event: RecorderEvent) => void;

/** Tell when the page is hidden or shown, frozen by the browser, or asleep with its computer. */
export function watchPage(document: Document, tell: Tell): void {
  document.addEventListener("visibilitychange", () =>
    tell({ type: document.hidden ? "page_hidden" : "page_shown" }),
  );
  document.addEventListener("freeze", () => tell({ type: "page_frozen" }));
  let last = Date.now();
  setInterval(() => {
    const ms = Date.now() - last - TICK_MS;
    last = Date.now();
    if (ms > STOOD_STILL_MS) tell({ type: "page_slept", ms });
  }, TICK_MS);
}
