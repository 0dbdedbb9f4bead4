import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { components } from "./schema.gen";

type Schemas = components["schemas"];
export type Import = Schemas["Import"];
export type ImportLine = Schemas["ImportLine"];
export type PublicLink = Schemas["PublicLink"];

/** A list of people: pasted, or a file. */
export type List = string | File;

const POLL_MS = 1_000;
const at = (id: string) => ({ params: { path: { id } } });

export const isUnderWay = ({ state }: Import) => state === "reading" || state === "running";

/** An import; asked for again while the server is at work. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/invitation-imports/{id}/", { ...at(id), signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });

export const useImportLines = (id: string, state: ImportLine["state"]) =>
  useQuery({
    queryKey: ["imports", "lines", id, state],
    queryFn: ({ signal }) => {
      const params = { path: { id }, query: { state, page_size: 100 } };
      return unwrap(api.GET("/api/invitation-imports/{id}/lines/", { params, signal }));
    },
    placeholderData: keepPreviousData,
  });

export function useSendList(campaign: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (list: List) => unwrap(send(campaign, list)),
    onSuccess: (found) => queryClient.setQueryData(importQuery(found.id).queryKey, found),
  });
}

function send(campaign: string, list: List) {
  if (typeof list === "string") {
    return api.POST("/api/invitation-imports/", { body: { campaign, text: list } });
  }
  const form = new FormData();
  form.set("campaign", campaign);
  form.set("file", list);
  return api.POST("/api/invitation-imports/", {
    // The types know of the first of the two kinds of body alone.
    body: form as never,
    bodySerializer: (body) => body as unknown as FormData,
  });
}

export function useSteerImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (what: "start" | "cancel") =>
      unwrap(api.POST(`/api/invitation-imports/{id}/${what}/`, at(id))),
    onSuccess: (found) => queryClient.setQueryData(importQuery(id).queryKey, found),
  });
}

export const publicLinkQuery = (campaign: string) =>
  queryOptions({
    queryKey: ["public-link", campaign],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/campaigns/{id}/public_link/", { ...at(campaign), signal })),
  });

export type PublicLinkChange = Schemas["PublicLinkWriteRequest"] | "renew";

export function useChangePublicLink(campaign: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: PublicLinkChange) =>
      change === "renew"
        ? unwrap(api.POST("/api/campaigns/{id}/public_link/renew/", at(campaign)))
        : unwrap(api.PUT("/api/campaigns/{id}/public_link/", { ...at(campaign), body: change })),
    onSuccess: (link) => queryClient.setQueryData(publicLinkQuery(campaign).queryKey, link),
  });
}
