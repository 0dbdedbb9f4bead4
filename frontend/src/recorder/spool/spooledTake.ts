import { type Bytes, concat } from "../bytes";
import { createSha256, type IncrementalHash } from "../hash";
import type { ChunkPlace, ChunkStore, TakeRecord } from "./store";

/** What nobody can tell of bytes that are only on the server. */
const UNKNOWN = { sha256: null, durationMs: null };

/**
 * One take on the device: written by the recorder, read by the upload.
 * A chunk can be read once it is kept, so the upload never runs ahead of the device.
 */
export class SpooledTake {
  /** Chunks that the store refused: they live as long as the page. */
  private readonly held = new Map<number, Bytes>();
  private readonly listeners = new Set<() => void>();
  private readonly hash: IncrementalHash = createSha256();
  private tail: Promise<void> = Promise.resolve();
  private length = 0;
  private refused = false;
  private left = false;

  private constructor(
    private readonly store: ChunkStore,
    private meta: TakeRecord,
    private readonly places: ChunkPlace[],
  ) {
    for (const place of places) this.length += place.size;
  }

  static async create(store: ChunkStore, record: TakeRecord): Promise<SpooledTake> {
    const take = new SpooledTake(store, record, []);
    await take.persist(() => store.putTake(record));
    return take;
  }

  /** Find a take again after a reload, up to the first gap. */
  static async restore(store: ChunkStore, record: TakeRecord): Promise<SpooledTake> {
    return new SpooledTake(store, record, wholePart(await store.places(record.takeId)));
  }

  get record(): TakeRecord {
    return this.meta;
  }

  get byteLength(): number {
    return this.length;
  }

  get closed(): boolean {
    return this.meta.closed !== null;
  }

  get wholeLength(): number | null {
    const { closed } = this.meta;
    return closed && closed.durationMs !== null ? closed.byteLength : null;
  }

  /** False as soon as a part of the take would not outlive the page. */
  get durable(): boolean {
    return this.store.durable && !this.refused;
  }

  /** Bytes from an offset on that nothing holds but this page. */
  heldBeyond(offset: number): number {
    if (!this.store.durable) return Math.max(0, this.length - offset);
    let sum = 0;
    for (const [at, bytes] of this.held) {
      if (at + bytes.byteLength > offset) sum += bytes.byteLength;
    }
    return sum;
  }

  /** What is recorded: known for good once the browser's recorder runs. */
  describe(mimeType: string): Promise<void> {
    return this.inOrder(() => this.update({ mimeType }));
  }

  /** Keep the next bytes. Calls are taken in order, whatever their promises do. */
  append(bytes: Bytes | Promise<Bytes>): Promise<void> {
    return this.inOrder(async () => this.keep(await bytes));
  }

  /** No more bytes will come. */
  close(durationMs: number | null): Promise<void> {
    return this.inOrder(async () => {
      const closed = { byteLength: this.length, sha256: this.hash.hex(), durationMs };
      await this.update({ closed });
    });
  }

  /** Close a take whose page died: hash what was kept. */
  async recover(): Promise<void> {
    for (const place of this.places) this.hash.update(await this.chunk(place));
    await this.close(null);
  }

  /** Another page took over: nothing more is written from here. */
  leave(): void {
    this.left = true;
  }

  /** The device lost the end of what the server has: its length is the answer's. */
  endAt(byteLength: number): Promise<void> {
    return this.inOrder(() => this.update({ closed: { ...UNKNOWN, byteLength } }));
  }

  async markSubmitted(): Promise<void> {
    await this.update({ submitted: true });
  }

  async read(offset: number, limit: number): Promise<Bytes> {
    const end = Math.min(offset + limit, this.length);
    const parts: Bytes[] = [];
    for (const place of this.places) {
      if (place.offset + place.size <= offset) continue;
      if (place.offset >= end) break;
      const chunk = await this.chunk(place);
      parts.push(chunk.subarray(Math.max(0, offset - place.offset), end - place.offset));
    }
    return concat(parts);
  }

  async toBlob(): Promise<Blob> {
    const parts: Bytes[] = [];
    for (const place of this.places) parts.push(await this.chunk(place));
    return new Blob(parts, { type: this.meta.mimeType });
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private inOrder(step: () => Promise<void>): Promise<void> {
    const next = this.tail.then(step);
    this.tail = next.catch(() => undefined);
    return next;
  }

  private async keep(bytes: Bytes): Promise<void> {
    // Length and hash of a closed take may have been told to the server.
    if (bytes.byteLength === 0 || this.closed || this.left) return;
    const place = { offset: this.length, size: bytes.byteLength };
    const kept = await this.persist(() =>
      this.store.putChunk(this.meta.takeId, place.offset, bytes),
    );
    if (!kept) this.held.set(place.offset, bytes);
    this.hash.update(bytes);
    this.places.push(place);
    this.length += place.size;
    this.announce();
  }

  private async chunk(place: ChunkPlace): Promise<Bytes> {
    return this.held.get(place.offset) ?? this.store.getChunk(this.meta.takeId, place);
  }

  private async update(change: Partial<TakeRecord>): Promise<void> {
    if (this.left) return;
    this.meta = { ...this.meta, ...change };
    await this.persist(() => this.store.putTake(this.meta));
    this.announce();
  }

  /** Whatever a store raises (a full disk, a closed database), an answer goes on in the page. */
  private async persist(put: () => Promise<void>): Promise<boolean> {
    try {
      await put();
      return true;
    } catch {
      this.refused = true;
      return false;
    }
  }

  private announce(): void {
    this.listeners.forEach((listener) => listener());
  }
}

function wholePart(places: ChunkPlace[]): ChunkPlace[] {
  const sorted = places.toSorted((one, other) => one.offset - other.offset);
  let end = 0;
  const gap = sorted.findIndex((place) => {
    if (place.offset !== end) return true;
    end += place.size;
    return false;
  });
  return gap === -1 ? sorted : sorted.slice(0, gap);
}
