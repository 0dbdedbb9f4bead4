import { ApiError } from "@/api/errors";

import type { Fault, ReceiptRow } from "./types";

/** What keeps an answer from counting. */
export interface Failure {
  code: string;
  /** The server's own sentence, in the candidate's language. */
  text: string | null;
  /** The server has the bytes and refused them: sending them again the same way cannot help. */
  refused: boolean;
  /** The attempt does not count, and the question is open again. */
  givenBack: boolean;
}

/** Faults for which the copy on this device may well be good. */
const WORTH_SENDING_ANEW = new Set(["hash_mismatch", "missing", "disk_full", "upload_expired"]);
/** Faults that sending the same bytes again cannot mend. */
const FINAL = new Set(["spool_unreadable", "link_revoked", "too_large", "upload_gone"]);
/** Answers that mean: this page may not act for its session any more. */
const REVOKED = new Set(["link_unknown", "session_cookie_missing", "token_invalid"]);

/** The page told of a fault: what was recorded may still be used. */
export const GIVEN_BACK: Failure = {
  code: "given_back",
  text: null,
  refused: false,
  givenBack: true,
};

export function failureOf(error: unknown): Failure {
  const code = error instanceof ApiError ? error.code : "spool_unreadable";
  return {
    code: REVOKED.has(code) ? "link_revoked" : code,
    text: null,
    refused: false,
    givenBack: false,
  };
}

export function refusalOf(row: Pick<ReceiptRow, "reason" | "reason_text" | "given_back">): Failure {
  return {
    code: row.reason ?? "other",
    text: row.reason_text,
    refused: true,
    givenBack: row.given_back,
  };
}

/** An attempt that was given back before this page was opened. */
export function failureOfFault({ reason, reason_text }: Fault): Failure {
  if (reason) return refusalOf({ reason, reason_text, given_back: true });
  return GIVEN_BACK;
}

export const isRevoked = (code: string) => REVOKED.has(code);

/** How a failed answer may be brought over all the same. */
export function wayToSend({ code, refused, givenBack }: Failure): "resume" | "anew" | null {
  if (FINAL.has(code)) return null;
  if (!refused) return "resume";
  return givenBack && WORTH_SENDING_ANEW.has(code) ? "anew" : null;
}

/** Faults that go away by themselves. */
export const isPassing = (error: unknown) =>
  error instanceof ApiError && (error.isUnreachable || error.status >= 500 || error.status === 429);
