import { QueryClient } from "@tanstack/react-query";

import { ApiError } from "./errors";

const RETRIES = 2;

/** Try again what was out of reach, never what the server refused. */
const shouldRetry = (failures: number, error: Error) =>
  error instanceof ApiError && error.isUnreachable && failures < RETRIES;

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: shouldRetry, staleTime: 10_000 } },
  });
