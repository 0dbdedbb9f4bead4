import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { authorizedFetch } from "@/api/auth";

import { type Change, readStream } from "./stream";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Which queries a change makes old. */
const AFFECTED: Record<string, string[]> = {
  session: ["sessions", "campaigns"],
  response: ["sessions", "campaigns"],
  recording: ["sessions"],
  evaluation: ["sessions", "campaigns"],
  campaign: ["campaigns", "sessions"],
  candidate: ["candidates"],
};

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });

function invalidate(queryClient: QueryClient, change: Change): void {
  for (const group of AFFECTED[change.kind] ?? []) {
    void queryClient.invalidateQueries({ queryKey: [group] });
  }
}

interface Listening {
  queryClient: QueryClient;
  signal: AbortSignal;
  /** Whether the page has only just read everything. */
  isFirst: boolean;
}

/** Hold one connection; return whether the server accepted it. */
async function connect({ queryClient, signal, isFirst }: Listening): Promise<boolean> {
  const request = new Request(new URL("/api/events/", location.origin), {
    signal,
    headers: { Accept: "text/event-stream" },
  });
  const answer = await authorizedFetch(request);
  if (!answer.ok || !answer.body) return false;
  // What changed while nobody listened is caught by reading again.
  if (!isFirst) void queryClient.invalidateQueries();
  const tell = (change: Change) => invalidate(queryClient, change);
  await readStream(answer.body, tell, signal).catch(() => undefined);
  return true;
}

/** Listen until told to stop; wait longer after each failure, and never in step with others. */
export async function listen(queryClient: QueryClient, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const accepted = await connect({ queryClient, signal, isFirst }).catch(() => false);
    wait = accepted ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    await pause(wait * (0.5 + Math.random() / 2), signal);
  }
}

/** Keep the lists and pages of the signed-in person up to date. */
export function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    void listen(queryClient, stop.signal);
    return () => stop.abort();
  }, [queryClient]);
}
