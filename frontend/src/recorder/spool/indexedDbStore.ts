import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import { type Cipher, createCipher, type SealedBytes } from "./cipher";
import type { ChunkStore, TakeRecord } from "./store";

/** The size stands in the key, so that a take is measured without reading its chunks. */
type ChunkKey = [takeId: string, offset: number, size: number];

interface SpoolSchema extends DBSchema {
  takes: { key: string; value: TakeRecord; indexes: { session: string } };
  chunks: { key: ChunkKey; value: SealedBytes };
}

const DATABASE = "jobgate-spool";

/** Keep chunks in IndexedDB, encrypted. Raises where the browser refuses a database. */
export async function indexedDbStore(keyBase64: string): Promise<ChunkStore> {
  return storeOn(await openSpool(), await createCipher(keyBase64));
}

/** Remove takes from before that moment, whoever's they were: no key is needed for that. */
export async function purgeSpool(createdBefore: number): Promise<void> {
  const database = await openSpool();
  const takes = await database.getAll("takes");
  const old = takes.filter((take) => take.createdAt < createdBefore);
  for (const take of old) await removeTake(database, take.takeId);
  database.close();
}

function openSpool(): Promise<IDBPDatabase<SpoolSchema>> {
  return openDB<SpoolSchema>(DATABASE, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("takes", { keyPath: "takeId" }).createIndex("session", "sessionId");
      fresh.createObjectStore("chunks");
    },
  });
}

async function removeTake(database: IDBPDatabase<SpoolSchema>, takeId: string): Promise<void> {
  const change = database.transaction(["takes", "chunks"], "readwrite");
  await Promise.all([
    change.objectStore("takes").delete(takeId),
    change.objectStore("chunks").delete(chunksOf(takeId)),
    change.done,
  ]);
}

function storeOn(database: IDBPDatabase<SpoolSchema>, cipher: Cipher): ChunkStore {
  return {
    durable: true,
    async putTake(record) {
      await database.put("takes", record);
    },
    takes: (sessionId) => database.getAllFromIndex("takes", "session", sessionId),
    async putChunk(takeId, offset, bytes) {
      const sealed = await cipher.seal(bytes, labelOf(takeId, offset));
      await database.add("chunks", sealed, [takeId, offset, bytes.byteLength]);
    },
    async places(takeId) {
      const keys = await database.getAllKeys("chunks", chunksOf(takeId));
      return keys.map(([, offset, size]) => ({ offset, size }));
    },
    async getChunk(takeId, { offset, size }) {
      const sealed = await database.get("chunks", [takeId, offset, size]);
      if (!sealed) throw new Error("no chunk at this offset");
      return cipher.open(sealed, labelOf(takeId, offset));
    },
    remove: (takeId) => removeTake(database, takeId),
  };
}

const labelOf = (takeId: string, offset: number) => `${takeId}:${offset}`;

/** Every chunk of a take: an array sorts after all numbers. */
const chunksOf = (takeId: string) => IDBKeyRange.bound([takeId], [takeId, []]);
