import type { Bytes } from "../bytes";
import type { ChunkStore, TakeRecord } from "./store";

/** The last resort, where the browser gives a page no storage. */
export function memoryStore(): ChunkStore {
  const records = new Map<string, TakeRecord>();
  const chunks = new Map<string, Map<number, Bytes>>();
  const chunksOf = (takeId: string) => {
    const found = chunks.get(takeId) ?? new Map<number, Bytes>();
    chunks.set(takeId, found);
    return found;
  };
  return {
    durable: false,
    async putTake(record) {
      records.set(record.takeId, record);
    },
    async takes(sessionId) {
      return [...records.values()].filter((record) => record.sessionId === sessionId);
    },
    async putChunk(takeId, offset, bytes) {
      chunksOf(takeId).set(offset, bytes);
    },
    async places(takeId) {
      return [...chunksOf(takeId)].map(([offset, bytes]) => ({ offset, size: bytes.byteLength }));
    },
    async getChunk(takeId, place) {
      const bytes = chunksOf(takeId).get(place.offset);
      if (!bytes) throw new Error("no chunk at this offset");
      return bytes;
    },
    async remove(takeId) {
      records.delete(takeId);
      chunks.delete(takeId);
    },
  };
}
