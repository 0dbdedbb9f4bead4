import { ApiError, errorFrom } from "@/api/errors";
import type { components } from "@/api/schema.gen";
import type { Language } from "@/lib/i18n";

import { exchange } from "../model/exchange";

export type Inviting = components["schemas"]["Inviting"];
export type Newcomer = Omit<components["schemas"]["JoinRequest"], "token" | "language">;

async function ask<T>(path: string, body: object, language: Language): Promise<T> {
  const { response } = await exchange({ path, body }, language);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorFrom(response.status, answer);
  return answer as T;
}

export const whoInvites = (token: string, language: Language) =>
  ask<Inviting>("public_link/", { token }, language);

/** Return the token to go in with; null when the link was sent by e-mail. */
export async function join(token: string, person: Newcomer, language: Language) {
  const body = { token, language, ...person };
  return (await ask<{ token: string | null }>("join/", body, language)).token;
}

export const codeOf = (error: unknown) => (error instanceof ApiError ? error.code : "unexpected");
