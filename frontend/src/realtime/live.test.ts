import { QueryClient } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";

import { server } from "@/test/server";

import { listen } from "./live";

it("comes back after a broken connection and reads everything again", async () => {
  let connections = 0;
  server.use(
    http.post("/api/token/refresh/", () => HttpResponse.json({ access: "access-1" })),
    http.get("/api/events/", () => {
      connections += 1;
      return connections === 1 ? HttpResponse.error() : new HttpResponse(new ReadableStream());
    }),
  );
  const queryClient = new QueryClient();
  const invalidated = vi.spyOn(queryClient, "invalidateQueries");
  const stop = new AbortController();
  const listening = listen(queryClient, stop.signal);
  await vi.waitFor(() => expect(invalidated).toHaveBeenCalled(), { timeout: 5000 });
  expect(connections).toBe(2);
  stop.abort();
  await listening;
});
