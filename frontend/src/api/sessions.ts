import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { paths } from "./schema.gen";

type Query = NonNullable<paths["/api/sessions/"]["get"]["parameters"]["query"]>;

/** As an address bar holds it: the server judges what it does not know. */
export interface SessionFilter {
  campaign?: string;
  status?: string;
  to_review?: boolean;
  search?: string;
  device?: string;
  score_min?: number;
  late?: boolean;
  trouble?: boolean;
  invited_from?: string;
  invited_until?: string;
  completed_from?: string;
  completed_until?: string;
  ordering?: string;
  cursor?: string;
  page_size?: number;
}

export const useSessions = (query: SessionFilter) =>
  useQuery({
    queryKey: ["sessions", "list", query],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/", { params: { query: query as Query }, signal })),
    placeholderData: keepPreviousData,
  });

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ["sessions", "one", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/{id}/", { params: { path: { id } }, signal })),
  });

/** Links are secrets: asked for when somebody copies one, never kept. */
export const fetchLink = (id: string) =>
  unwrap(api.GET("/api/sessions/{id}/link/", { params: { path: { id } } })).then(
    ({ link }) => link,
  );
