import type { Bytes } from "@/recorder";

/** Keeps a practice answer in memory: nothing of it leaves the page, or outlives it. */
export class PracticeTake {
  private readonly parts: Promise<Bytes>[] = [];
  private mimeType = "";

  async describe(mimeType: string): Promise<void> {
    this.mimeType = mimeType;
  }

  async append(bytes: Bytes | Promise<Bytes>): Promise<void> {
    this.parts.push(Promise.resolve(bytes));
  }

  async close(): Promise<void> {
    await Promise.all(this.parts);
  }

  /** What was recorded; null where there is nothing. */
  async toBlob(): Promise<Blob | null> {
    const blob = new Blob(await Promise.all(this.parts), { type: this.mimeType });
    return blob.size > 0 ? blob : null;
  }
}
