import { ApiError } from "@/api/errors";
import type { Language } from "@/lib/i18n";

const ROOT = "/api/sessions/";

/** A request to the candidate's endpoints. */
export interface Call {
  path: string;
  method?: "GET" | "POST";
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
      ...(method === "POST" ? { "Content-Type": "application/json" } : {}),
    },
    credentials: "same-origin",
    ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
    ...(keepalive ? { keepalive } : {}),
  }).catch(() => {
    throw new ApiError(0, "network", "");
  });
  return { response, sentAt, receivedAt: performance.now() };
}

/** Open the session by the link, or by its cookie after a reload. */
export const callToOpen = (linkToken: string): Call =>
  linkToken ? { path: "start_session/", body: { token: linkToken } } : { path: "renew/" };
