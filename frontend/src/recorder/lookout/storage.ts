/** Encryption and the browser's own books take their share; and there may be a second take. */
const ROOM_FOR = 2;

/** What may wait in memory for a slow way, once the device takes no more: a small phone's share. */
const HELD_MOST = 64 * 1024 * 1024;

/**
 * Whether the device may be too full for so many bytes. False where the browser does not say.
 * A device that is nearly full is asked to keep what it has.
 */
export async function isStorageLow(
  storage: StorageManager | undefined,
  bytes: number,
): Promise<boolean> {
  try {
    const { quota, usage } = (await storage?.estimate?.()) ?? {};
    if (quota === undefined || usage === undefined) return false;
    const low = quota - usage < bytes * ROOM_FOR;
    // Not before: some browsers put the question to the candidate.
    if (low) void storage?.persist?.().catch(() => false);
    return low;
  } catch {
    return false;
  }
}

/** Bytes that nothing but the page's memory has, and that are too many to go on. */
export function tooMuchHeld(bytes: number): boolean {
  return bytes > HELD_MOST;
}
