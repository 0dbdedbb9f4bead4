import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { BankQuestionWrite, TemplateWrite } from "./types";

/** More than one organisation keeps; a dialog has no pages. */
const MOST = 100;
const TEMPLATES = ["templates"];
const BANK = ["question-bank"];

const at = (id: string) => ({ params: { path: { id } } });

export const useTemplates = (enabled: boolean) =>
  useQuery({
    queryKey: TEMPLATES,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/campaign-templates/", { params: { query: { page_size: MOST } }, signal }),
      ),
    enabled,
  });

export function useKeepTemplate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateWrite) => unwrap(api.POST("/api/campaign-templates/", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: TEMPLATES }),
  });
}

export function useRemoveTemplate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE("/api/campaign-templates/{id}/", at(id))),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: TEMPLATES }),
  });
}

export const useBank = (search: string, enabled: boolean) =>
  useQuery({
    queryKey: [...BANK, search],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/question-bank/", { params: { query: { search, page_size: MOST } }, signal }),
      ),
    enabled,
  });

export function useKeepQuestion() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BankQuestionWrite) => unwrap(api.POST("/api/question-bank/", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: BANK }),
  });
}

export function useRemoveQuestion() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE("/api/question-bank/{id}/", at(id))),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: BANK }),
  });
}
