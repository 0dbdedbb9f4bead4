import type { RecorderEvent } from "./events";

export interface PageState {
  hidden: boolean;
  /** What the page went through in the answer under way: behind another, or standing still. */
  away: "no" | "hidden" | "frozen";
}

export function reducePage(page: PageState, event: RecorderEvent, recording: boolean): PageState {
  switch (event.type) {
    case "page_hidden":
      return { hidden: true, away: recording && page.away === "no" ? "hidden" : page.away };
    case "page_shown":
      return { ...page, hidden: false };
    case "page_frozen":
    case "page_slept":
      return recording ? { ...page, away: "frozen" } : page;
    case "recording_asked":
      return page.away === "no" ? page : { ...page, away: "no" };
    default:
      return page;
  }
}
