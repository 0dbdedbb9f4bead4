import { chooseFormats, type RecordingFormat } from "./format";
import { givesBytes } from "./trial";

type Kind = Parameters<typeof chooseFormats>[1];

/** What this browser offers, best first, without what it turned out to be unable to do. */
export class FormatChoice {
  private readonly broken = new Set<string>();
  private readonly proven = new Set<string>();

  usable(kind: Kind): RecordingFormat[] {
    return chooseFormats((type) => MediaRecorder.isTypeSupported(type), kind).filter(
      ({ mimeType }) => !this.broken.has(mimeType),
    );
  }

  dismiss({ mimeType }: RecordingFormat): void {
    this.broken.add(mimeType);
    this.proven.delete(mimeType);
  }

  /** With a smaller picture or another camera, the same formats may do. */
  forgive(): void {
    this.broken.clear();
  }

  /** Find a format that gives bytes, before it matters. False where none does. */
  async prove(stream: MediaStream): Promise<boolean> {
    const kind = stream.getVideoTracks().length > 0 ? "video" : "sound";
    for (const format of this.usable(kind)) {
      if (this.proven.has(format.mimeType) || (await givesBytes(stream, format))) {
        this.proven.add(format.mimeType);
        return true;
      }
      this.dismiss(format);
    }
    this.forgive();
    return false;
  }
}
