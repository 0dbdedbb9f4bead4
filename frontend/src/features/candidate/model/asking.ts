import { ApiError } from "@/api/errors";
import { backoffMs, pause } from "@/recorder";

import { isPassing } from "./failure";

const QUICK_TRIES = 4;
const forEver = new AbortController().signal;

/** Ask again while the network is away; every call it is used for may be repeated. */
export async function persistently<T>(network: EventTarget, call: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      const away = error instanceof ApiError && error.isUnreachable;
      if (!away || failures >= QUICK_TRIES) throw error;
      await pause(backoffMs(failures), forEver, network);
    }
  }
}

/** Ask until there is an answer: one that got lost may have been a yes. */
export async function untilAnswered<T>(network: EventTarget, call: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(backoffMs(failures), forEver, network);
    }
  }
}
