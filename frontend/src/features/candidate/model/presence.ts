import type { RecordingStation } from "@/recorder";

import type { Host } from "./host";

const BEAT_MS = 20_000;

export interface PresenceNeeds {
  station: RecordingStation;
  onElsewhere: () => void;
  /** More time, more takes. */
  onGranted: () => Promise<void>;
}

/** Tells the server that the page is looked at, and hears when it is not to go on here. */
export class Presence {
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly host: Host,
    private readonly needs: PresenceNeeds,
  ) {}

  begin(): void {
    this.timer ??= setInterval(() => void this.beat(), BEAT_MS);
  }

  end(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async beat(): Promise<void> {
    const isAway = document.hidden && this.needs.station.getState().recording.kind !== "recording";
    if (isAway) return;
    // A beat that does not arrive says nothing: the next one may.
    const pulse = await this.host.api.heartbeat().catch(() => null);
    if (!pulse || !this.timer) return;
    if (!pulse.lease_held) return this.needs.onElsewhere();
    const known = this.host.flow().interview?.accommodation ?? null;
    if (JSON.stringify(pulse.accommodation) !== JSON.stringify(known)) await this.needs.onGranted();
  }
}
