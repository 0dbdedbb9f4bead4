import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";

import { api, unwrap } from "./client";

export interface CandidateFilter {
  search?: string;
  cursor?: string;
}

export const useCandidates = (query: CandidateFilter) =>
  useQuery({
    queryKey: ["candidates", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/candidates/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const candidateQuery = (id: string) =>
  queryOptions({
    queryKey: ["candidates", "one", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/candidates/{id}/", { params: { path: { id } }, signal })),
  });
