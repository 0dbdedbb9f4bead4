import { ApiError } from "@/api/errors";

import { type Problem, PROBLEMS } from "./flow";

export const isUploadFailure = (error: unknown) =>
  error instanceof ApiError &&
  (error.code === "upload_failed" || error.code === "mandatory_missing");

/** The page that an error leads to. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return "unexpected";
  if (error.isUnreachable) return "network";
  if (error.code === "session_cookie_missing") return "link_missing";
  return PROBLEMS.find((problem) => problem === error.code) ?? "unexpected";
}
