import type { Bytes } from "../bytes";

/** What is known about a take on the device, besides its bytes. */
export interface TakeRecord {
  takeId: string;
  sessionId: string;
  questionId: string;
  uploadId: string;
  mimeType: string;
  /** Milliseconds since 1970, on the device's clock: only for purging. */
  createdAt: number;
  /** Null while recording, and for ever when the page died in mid-answer. */
  closed: ClosedTake | null;
  submitted: boolean;
}

export interface ClosedTake {
  byteLength: number;
  /** Null when the device lost a part of it. */
  sha256: string | null;
  /** Null when the page died: the server measures it. */
  durationMs: number | null;
}

export interface ChunkPlace {
  offset: number;
  size: number;
}

/** Where chunks are kept on the device. Chunks are only ever added, never changed. */
export interface ChunkStore {
  /** False when a reload would lose what is kept. */
  readonly durable: boolean;
  putTake(record: TakeRecord): Promise<void>;
  takes(sessionId: string): Promise<TakeRecord[]>;
  putChunk(takeId: string, offset: number, bytes: Bytes): Promise<void>;
  places(takeId: string): Promise<ChunkPlace[]>;
  getChunk(takeId: string, place: ChunkPlace): Promise<Bytes>;
  remove(takeId: string): Promise<void>;
}
