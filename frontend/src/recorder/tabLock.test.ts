import { describe, expect, it } from "vitest";

import { claimTab } from "./tabLock";

/** Locks as a browser gives them: to one at a time, until its holder is gone. */
function fakeLocks() {
  const held = new Set<string>();
  return {
    request: async (name: string, _options: object, act: (lock: object | null) => unknown) => {
      if (held.has(name)) return act(null);
      held.add(name);
      return act({ name });
    },
  } as unknown as LockManager;
}

describe("the lock of a session", () => {
  it("goes to one tab of a session, and leaves other sessions alone", async () => {
    const locks = fakeLocks();
    expect(await claimTab("a", locks)).toBe(true);
    expect(await claimTab("a", locks)).toBe(false);
    expect(await claimTab("b", locks)).toBe(true);
  });

  it("is no obstacle where the browser gives pages neither storage nor locks", async () => {
    const request = async () => Promise.reject(new DOMException("no storage", "SecurityError"));
    expect(await claimTab("a", { request } as unknown as LockManager)).toBe(true);
  });
});
