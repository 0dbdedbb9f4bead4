import type { TrackKind } from "./state";

type Permissions = Pick<globalThis.Permissions, "query">;

const NAMES = { video: "camera", audio: "microphone" } as const;

/** Tells a device that was unplugged from one that the candidate forbade. */
export class DevicePermission {
  private readonly granted = new Set<TrackKind>();

  constructor(private readonly permissions: Permissions | undefined) {}

  /** Note what is granted while the devices are open. */
  async note(): Promise<void> {
    for (const kind of ["video", "audio"] as const) {
      if ((await this.ask(kind)) === "granted") this.granted.add(kind);
      else this.granted.delete(kind);
    }
  }

  async isWithdrawn(kind: TrackKind): Promise<boolean> {
    const now = await this.ask(kind);
    // Some browsers say "prompt" even while the device is in use: that alone means nothing.
    return now === "denied" || (now === "prompt" && this.granted.has(kind));
  }

  /** Null where the browser does not say. */
  private async ask(kind: TrackKind): Promise<PermissionState | null> {
    try {
      return (await this.permissions?.query({ name: NAMES[kind] }))?.state ?? null;
    } catch {
      return null;
    }
  }
}
