import createClient from "openapi-fetch";

import { authorizedFetch } from "./auth";
import { errorFrom } from "./errors";
import type { paths } from "./schema.gen";

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: authorizedFetch,
});

/** Return the answer's data, or throw what the server refused as an ApiError. */
export async function unwrap<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw errorFrom(response.status, error);
  return data as T;
}

/** The server links to the next page whole; queries carry the cursor alone. */
export function cursorOf(url: string | null | undefined): string | null {
  return url == null ? null : new URL(url, location.origin).searchParams.get("cursor");
}
