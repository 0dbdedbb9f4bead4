import type { Support } from "@/recorder";

import type { EventLog } from "./model/eventLog";

/** Tell the log what happens around the interview: browser, faults, and the page's own fate. */
export function watchPage(log: EventLog, support: Support): void {
  log.add("page_opened", {
    browser: navigator.userAgent,
    languages: navigator.languages.join(","),
    screen: `${screen.width}x${screen.height}`,
    window: `${innerWidth}x${innerHeight}`,
    online: navigator.onLine,
    format: support.ok ? support.format.mimeType : null,
    obstacle: support.ok ? null : support.reason,
  });
  addEventListener("online", () => log.add("online"));
  addEventListener("offline", () => log.add("offline"));
  addEventListener("error", ({ message }) => log.add("page_error", { message }));
  addEventListener("unhandledrejection", ({ reason }) =>
    log.add("page_error", { message: String(reason) }),
  );
  document.addEventListener("visibilitychange", () => {
    log.add(document.hidden ? "page_hidden" : "page_shown");
    // On a phone, hidden is often the last that is heard of a page.
    if (document.hidden) void log.flush(true);
  });
  addEventListener("pagehide", () => {
    log.add("page_left");
    void log.flush(true);
  });
}
