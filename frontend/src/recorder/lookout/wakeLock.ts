/** Keeps the screen on while it is held. Browsers without such a lock do without. */
export class AwakeScreen {
  private lock: Promise<WakeLockSentinel | null> | null = null;

  constructor(
    private readonly document: Document,
    private readonly wakeLock: WakeLock | undefined,
  ) {
    // The browser lets go of it whenever the page is hidden.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.lock = null;
    });
  }

  /** Called again whenever the page is shown. */
  hold(): void {
    // Refused, for one, on a nearly empty battery: the answer goes on without it.
    if (!this.document.hidden) this.lock ??= this.ask();
  }

  letGo(): void {
    void this.lock?.then((lock) => lock?.release());
    this.lock = null;
  }

  private ask(): Promise<WakeLockSentinel | null> | null {
    return this.wakeLock?.request("screen").catch(() => null) ?? null;
  }
}
