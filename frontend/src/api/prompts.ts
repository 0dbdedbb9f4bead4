import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { Prompt, PromptWrite } from "./types";

const PREPARED_IN_MS = 1500;
const ON_ITS_WAY = new Set(["receiving", "received", "verified"]);

/** A recruiter's recording, asked for again until it can be played. */
export const promptQuery = (id: string) =>
  queryOptions({
    queryKey: ["prompts", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/prompts/{id}/", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data && ON_ITS_WAY.has(state.data.state) ? PREPARED_IN_MS : false,
  });

function useChanged() {
  const queryClient = useQueryClient();
  return (prompt: Prompt) => {
    queryClient.setQueryData(promptQuery(prompt.id).queryKey, prompt);
  };
}

export function useSendPrompt() {
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ file, ...words }: PromptWrite & { file: File }) => {
      const form = new FormData();
      form.append("file", file);
      for (const [name, value] of Object.entries(words)) form.append(name, value);
      return unwrap(
        api.POST("/api/prompts/", {
          // The form as it is: its type is for the description of the API alone.
          body: form as never,
          bodySerializer: (body: unknown) => body as FormData,
        }),
      );
    },
    onSuccess: changed,
  });
}

export function useChangePrompt(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: PromptWrite) =>
      unwrap(api.PUT("/api/prompts/{id}/", { params: { path: { id } }, body })),
    onSuccess: changed,
  });
}
