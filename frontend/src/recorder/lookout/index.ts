import { estimatedBytes } from "../quality";
import { nextQuality, type Picture } from "../state";
import type { RecordingStation } from "../station";
import type { UploadLine } from "../upload/uploader";
import { lineHint, probeUplink, UplinkMeter } from "../upload/uplink";
import { watchPage } from "./pageWatch";
import { PictureWatch } from "./pictureWatch";
import { isStorageLow } from "./storage";
import { AwakeScreen } from "./wakeLock";

export { tooMuchHeld } from "./storage";

type Browser = Pick<typeof globalThis, "document" | "navigator">;

/**
 * Watches what happens around a recording (page, screen, picture, room on the device, the way to
 * the server) and tells the station. Apart from it, so that a page can fetch it later.
 */
export class Lookout {
  private readonly meter: UplinkMeter;
  private readonly screen: AwakeScreen;
  private picture: PictureWatch | null = null;
  private watched: MediaStream | null = null;
  private probed = false;

  constructor(
    private readonly station: RecordingStation,
    private readonly browser: Browser = globalThis,
  ) {
    const { document, navigator } = browser;
    this.screen = new AwakeScreen(document, navigator.wakeLock);
    this.meter = new UplinkMeter(
      (bitsPerSecond) => station.tell({ type: "uplink_measured", bitsPerSecond }),
      (answers) => station.tell({ type: "server", answers }),
    );
    watchPage(document, (event) => station.tell(event));
    station.tell({ type: "line_hint", ...lineHint(navigator) });
    station.subscribe(() => this.follow());
    this.follow();
  }

  /** What the uploads report to. */
  get line(): UploadLine {
    return this.meter;
  }

  /** Measure the way to the server once, by requests of that many bytes; not where bytes cost. */
  async probe(send: (bytes: number) => Promise<void>): Promise<void> {
    if (this.probed || this.station.getState().line.metered) return;
    this.probed = true;
    try {
      await probeUplink(send, this.meter);
    } catch {
      // Another test of the devices may find the way open.
      this.probed = false;
    }
  }

  /** Look whether an answer of that length has room. */
  async checkRoom(seconds: number): Promise<void> {
    const bytes = estimatedBytes(nextQuality(this.station.getState()), seconds);
    const low = await isStorageLow(this.browser.navigator.storage, bytes);
    this.station.tell({ type: "storage", low });
  }

  private follow(): void {
    const { recording } = this.station.getState();
    if (recording.kind === "recording") this.screen.hold();
    else this.screen.letGo();
    this.watchPicture(this.station.stream);
  }

  private watchPicture(stream: MediaStream | null): void {
    if (stream === this.watched) return;
    this.picture?.stop();
    this.watched = stream;
    this.picture = stream && PictureWatch.of(stream, (picture) => this.tellPicture(picture));
  }

  /** Judged each second, and told when it changes: what is told may be logged. */
  private tellPicture(picture: Picture): void {
    const { devices } = this.station.getState();
    if (devices.kind !== "open" || devices.picture === picture) return;
    this.station.tell({ type: "picture", picture });
  }
}
