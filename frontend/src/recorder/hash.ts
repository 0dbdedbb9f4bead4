import { sha256 } from "@noble/hashes/sha2.js";

import { toHex } from "./bytes";

export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** Hash while recording: WebCrypto only takes a whole file at once. */
export function createSha256(): IncrementalHash {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    // Digesting ends the state: a copy keeps it open for more pieces.
    hex: () => toHex(hash.clone().digest()),
  };
}
