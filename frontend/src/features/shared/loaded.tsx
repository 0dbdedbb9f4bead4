import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ApiError } from "@/api/errors";
import { ErrorState, Skeleton } from "@/ui/states";

import { Forbidden, NotFound } from "./problem";

interface Props<T> {
  query: UseQueryResult<T, Error>;
  skeleton?: ReactNode;
  children(data: T): ReactNode;
}

/** Show what was asked for, or why it is not there: being loaded, missing, refused, out of reach. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return skeleton ?? <Skeleton />;
  const error = query.error;
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  return (
    <ErrorState
      isUnreachable={error instanceof ApiError && error.isUnreachable}
      detail={error instanceof ApiError ? error.detail : ""}
      onRetry={() => void query.refetch()}
    />
  );
}
