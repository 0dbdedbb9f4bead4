import { type Bytes, fromBase64 } from "../bytes";

export interface SealedBytes {
  iv: Bytes;
  data: ArrayBuffer;
}

export interface Cipher {
  seal(bytes: Bytes, label: string): Promise<SealedBytes>;
  /** Raise where the bytes were changed, or belong to another label or key. */
  open(sealed: SealedBytes, label: string): Promise<Bytes>;
}

/** AES-GCM under a key the server gives: without the server, the spool is noise. */
export async function createCipher(keyBase64: string): Promise<Cipher> {
  const usages: KeyUsage[] = ["encrypt", "decrypt"];
  const raw = fromBase64(keyBase64);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, usages);
  return {
    async seal(bytes, label) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, data: await crypto.subtle.encrypt(parameters(iv, label), key, bytes) };
    },
    async open(sealed, label) {
      const plain = await crypto.subtle.decrypt(parameters(sealed.iv, label), key, sealed.data);
      return new Uint8Array(plain);
    },
  };
}

function parameters(iv: Bytes, label: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(label) };
}
