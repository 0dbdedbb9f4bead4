import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { Accommodation } from "./types";

const at = (id: string) => ({ params: { path: { id } } });

/** Let everything that shows the session be read again. */
function useChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["sessions"] });
}

export function useExtend(id: string) {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (body: { expires_at: string; tell: boolean }) =>
      unwrap(api.POST("/api/sessions/{id}/extend/", { ...at(id), body })),
    onSuccess,
  });
}

export function useReopen(id: string) {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (question: string) =>
      unwrap(api.POST("/api/sessions/{id}/reopen/", { ...at(id), body: { question } })),
    onSuccess,
  });
}

const accommodationQuery = (id: string) =>
  queryOptions({
    queryKey: ["accommodations", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/{id}/accommodation/", { ...at(id), signal })),
  });

export const useAccommodation = (id: string) => useQuery(accommodationQuery(id));

export function useAccommodate(id: string) {
  const queryClient = useQueryClient();
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: Accommodation) =>
      unwrap(api.PUT("/api/sessions/{id}/accommodation/", { ...at(id), body })),
    onSuccess: (granted) => {
      queryClient.setQueryData(accommodationQuery(id).queryKey, granted);
      return changed();
    },
  });
}
