import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Prompt } from "@/api/types";
import { visit } from "@/test/app";
import { campaign } from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

const prompt = (part: Partial<Prompt> = {}): Prompt => ({
  id: "prompt-1",
  kind: "video",
  state: "ready",
  mime_type: "video/webm",
  duration_ms: 4000,
  language: "fr",
  captions: "WEBVTT\n\n000:00:00.000 --> 000:00:01.000\nBonjour.\n",
  transcript: "Bonjour.",
  url: "/api/recordings/recording-1/video/?grant=x",
  poster_url: null,
  grant_expires_at: "2026-11-20T10:00:00Z",
  reason_text: null,
  ...part,
});

beforeEach(() => {
  vi.stubGlobal(
    "URL",
    Object.assign(URL, {
      createObjectURL: () => "blob:captions",
      revokeObjectURL: () => undefined,
    }),
  );
  server.use(
    ...signedIn(),
    ...world,
    http.get("/api/prompts/:id/", () => HttpResponse.json(prompt())),
  );
});

const beside = (name: string) => screen.findByRole("group", { name });
const QUESTION = "Vidéo ou audio de la question 1";

describe("a recording beside a question", () => {
  it("is sent with its captions, looked at and saved with the campaign", async () => {
    const bodies: { questions: { prompt?: string | null }[] }[] = [];
    const types: (string | null)[] = [];
    server.use(
      http.post("/api/prompts/", ({ request }) => {
        types.push(request.headers.get("content-type"));
        return HttpResponse.json(prompt({ state: "received", url: null }), { status: 201 });
      }),
      http.put("/api/campaigns/:id/", async ({ request }) => {
        bodies.push((await request.json()) as (typeof bodies)[number]);
        return HttpResponse.json(campaign());
      }),
    );
    const { user } = visit("/campaigns/campaign-1/edit");
    const group = await beside(QUESTION);
    await user.click(within(group).getByRole("button", { name: "Ajouter une vidéo ou un audio" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "Enregistrer" })).toBeDisabled();
    const file = new File(["x"], "hello.webm", { type: "video/webm" });
    await user.upload(within(dialog).getByLabelText("Enregistrement"), file);
    const captions = new File(["WEBVTT"], "hello.vtt", { type: "text/vtt" });
    await user.upload(within(dialog).getByLabelText("Fichier de sous-titres"), captions);
    await waitFor(() => expect(within(dialog).getByLabelText("Sous-titres")).toHaveValue("WEBVTT"));
    await user.click(within(dialog).getByRole("button", { name: "Enregistrer" }));
    expect(await within(group).findByText(/en préparation/)).toBeVisible();
    expect(types[0]).toMatch(/^multipart\/form-data; boundary=/);
    // The form around the dialog was not sent with it.
    expect(bodies).toHaveLength(0);
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(bodies[0]?.questions[0]?.prompt).toBe("prompt-1"));
  });

  it("is shown with its captions, and taken away", async () => {
    const held = campaign({ introduction_prompt: "prompt-1" });
    server.use(http.get("/api/campaigns/:id/", () => HttpResponse.json(held)));
    const { user } = visit("/campaigns/campaign-1/edit");
    const group = await beside("Vidéo ou audio de l’introduction");
    await within(group).findByRole("button", { name: "Sous-titres et transcription" });
    expect(group.querySelector("video")).toHaveAttribute("src", prompt().url);
    expect(group.querySelector("track")).toHaveAttribute("src", "blob:captions");
    await user.click(within(group).getByRole("button", { name: "Retirer" }));
    expect(within(group).getByRole("button", { name: /Ajouter une vidéo/ })).toBeVisible();
  });

  it("shows what is wrong with the captions at their field", async () => {
    const held = campaign({ introduction_prompt: "prompt-1" });
    const detail = "Ce ne sont pas des sous-titres.";
    server.use(
      http.get("/api/campaigns/:id/", () => HttpResponse.json(held)),
      http.put("/api/prompts/:id/", () =>
        refusal(400, "invalid", "Vérifiez.", { captions: [{ code: "invalid", detail }] }),
      ),
    );
    const { user } = visit("/campaigns/campaign-1/edit");
    const group = await beside("Vidéo ou audio de l’introduction");
    await user.click(await within(group).findByRole("button", { name: /Sous-titres/ }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Enregistrer" }));
    expect(await within(dialog).findByText(detail)).toBeVisible();
  });
});
