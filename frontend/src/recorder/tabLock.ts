/**
 * Hold the session for this tab. The browser frees the lock when the tab dies, so no heartbeat can
 * take a live recording away. Resolves with false when another tab holds it.
 */
export function claimTab(sessionId: string, locks = navigator.locks): Promise<boolean> {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const asked = locks.request(`jobgate-interview-${sessionId}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held until the tab goes.
      return lock ? new Promise<never>(() => undefined) : undefined;
    });
    // Refused to a page that may store nothing: nothing of it lies there for another tab to take.
    asked.catch(() => resolve(true));
  });
}
