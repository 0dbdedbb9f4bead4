import { ApiError } from "@/api/errors";
import type { Language } from "@/lib/i18n";

import { deviceLease } from "./lease";

const ROOT = "/api/sessions/";

/** A request to the candidate's endpoints. */
export interface Call {
  path: string;
  method?: "GET" | "POST";
  /** Sent as JSON, but for a form. */
  body?: unknown;
  keepalive?: boolean;
}

/** What came back, and when, on the page's own clock in ms. */
export interface Exchange {
  response: Response;
  sentAt: number;
  receivedAt: number;
}

/** Ask once; raises an unreachable ApiError where no answer comes. */
export async function exchange(
  { path, method = "POST", body, keepalive }: Call,
  language: Language,
  access = "",
): Promise<Exchange> {
  const sentAt = performance.now();
  const response = await fetch(ROOT + path, {
    method,
    headers: {
      Accept: "application/json",
      "Accept-Language": language,
      ...(access ? { Authorization: `Session ${access}` } : {}),
      ...(method === "POST" && !isForm(body) ? { "Content-Type": "application/json" } : {}),
    },
    credentials: "same-origin",
    ...(method === "POST" ? { body: isForm(body) ? body : JSON.stringify(body ?? {}) } : {}),
    ...(keepalive ? { keepalive } : {}),
  }).catch(() => {
    throw new ApiError(0, "network", "");
  });
  return { response, sentAt, receivedAt: performance.now() };
}

const isForm = (body: unknown): body is FormData => body instanceof FormData;

const HANDOVER = "handover=";

/**
 * Open the session by what the address holds: the link, or a code of another device; else by the
 * cookie, after a reload. `takeOver`: also where another device has it.
 */
export function callToOpen(key: string, takeOver = false): Call {
  const device = { lease: deviceLease(), ...(takeOver && { take_over: true }) };
  if (key.startsWith(HANDOVER)) {
    return { path: "accept_handover/", body: { code: key.slice(HANDOVER.length), ...device } };
  }
  if (key) return { path: "start_session/", body: { token: key, ...device } };
  return { path: "renew/", body: device };
}

/** A code opens once; the link again and again. */
export const opensOnce = (key: string) => key.startsWith(HANDOVER);
