import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { sessionQuery } from "./sessions";
import type { Evaluation, Session } from "./types";

interface Target {
  id: string;
  sessionId: string;
}

const evaluated = (session: Session, responseId: string, evaluation: Evaluation): Session => ({
  ...session,
  responses: session.responses.map((response) =>
    response.id === responseId ? { ...response, evaluation } : response,
  ),
});

/** Save the own score and notes of one response. */
export function useEvaluate({ id, sessionId }: Target) {
  const queryClient = useQueryClient();
  const { queryKey } = sessionQuery(sessionId);
  return useMutation({
    mutationFn: (body: { score: number; notes: string }) =>
      unwrap(api.POST("/api/responses/{id}/evaluate/", { params: { path: { id } }, body })),
    onSuccess: async (evaluation) => {
      queryClient.setQueryData(queryKey, (old) => old && evaluated(old, id, evaluation));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["sessions", "list"] }),
        queryClient.invalidateQueries({ queryKey: ["campaigns"] }),
      ]);
    },
  });
}

/** Ask for a fresh playback grant: the old one ran out while the page stood open. */
export const fetchRecording = (id: string) =>
  unwrap(api.GET("/api/responses/{id}/", { params: { path: { id } } })).then(
    ({ recording }) => recording,
  );
