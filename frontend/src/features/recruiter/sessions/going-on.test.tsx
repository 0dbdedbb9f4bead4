import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import * as data from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

import { aWeekLater } from "./extend";

const GRANTED = { time_percent: 100, no_limit: false, extra_takes: 0, instead: [] };
const bodies: unknown[] = [];

const showing = (part: Partial<ReturnType<typeof data.session>>) =>
  server.use(http.get("/api/sessions/:id/", () => HttpResponse.json(data.session(part))));

const keeping = (method: "post" | "put", path: string, answer: object) =>
  server.use(
    http[method](`/api/sessions/:id/${path}/`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(answer);
    }),
  );

beforeEach(() => {
  bodies.length = 0;
  server.use(...signedIn(), ...world);
  server.use(http.get("/api/sessions/:id/accommodation/", () => HttpResponse.json(GRANTED)));
  showing({ status: "in_progress", completed_at: null });
});

const open = async (action: string) => {
  const page = visit("/sessions/session-1");
  await page.user.click(await screen.findByRole("button", { name: action }));
  const role = action === "Faire répondre à nouveau" ? "alertdialog" : "dialog";
  return { ...page, dialog: within(await screen.findByRole(role)) };
};

describe("more time", () => {
  it("is proposed for a week and sent in UTC", async () => {
    keeping("post", "extend", { status: "in_progress", expires_at: "2026-12-24T09:00:00Z" });
    const { user, dialog } = await open("Donner plus de temps");
    const proposed = aWeekLater("2026-12-17T09:00:00Z");
    expect(dialog.getByLabelText("Jusqu’au")).toHaveValue(proposed);
    await user.click(dialog.getByRole("button", { name: "Donner plus de temps" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(bodies).toEqual([{ expires_at: new Date(proposed).toISOString(), tell: true }]);
  });

  it("shows the server's mistake at the field", async () => {
    server.use(
      http.post("/api/sessions/:id/extend/", () =>
        refusal(400, "invalid", "Vérifiez les champs.", {
          expires_at: [{ code: "past", detail: "Cette date est passée." }],
        }),
      ),
    );
    const { user, dialog } = await open("Donner plus de temps");
    await user.click(dialog.getByRole("button", { name: "Donner plus de temps" }));
    expect(await dialog.findByText("Cette date est passée.")).toBeVisible();
  });
});

describe("accommodations", () => {
  it("are shown as they are, and replaced whole", async () => {
    keeping("put", "accommodation", { ...GRANTED, no_limit: true });
    const { user, dialog } = await open("Aménagements");
    await user.click(await dialog.findByRole("checkbox", { name: "Sans limite de temps" }));
    await user.click(dialog.getByRole("checkbox", { name: "écrire sa réponse" }));
    await user.click(dialog.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() =>
      expect(bodies).toEqual([{ ...GRANTED, no_limit: true, instead: ["text"] }]),
    );
  });

  it("are nothing that a reviewer sees", async () => {
    server.use(...signedIn("reviewer"));
    visit("/sessions/session-1");
    expect(await screen.findByRole("heading", { name: "Chronologie" })).toBeVisible();
    for (const action of ["Aménagements", "Donner plus de temps", "Faire répondre à nouveau"]) {
      expect(screen.queryByRole("button", { name: action })).not.toBeInTheDocument();
    }
  });
});

it("has one question answered again after asking", async () => {
  showing({ status: "completed" });
  keeping("post", "reopen", data.session({ status: "in_progress" }));
  const { user, dialog } = await open("Faire répondre à nouveau");
  expect(dialog.getByText(/La réponse actuelle est conservée/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Faire répondre à nouveau" }));
  await waitFor(() => expect(bodies).toEqual([{ question: "question-1" }]));
});

it("tells devices and faults, and the rest when asked", async () => {
  const at = "2026-11-18T15:41:00Z";
  const device = { kind: "mobile", browser: "Safari", version: "18", system: "iOS" };
  showing({
    timeline: [
      { at, source: "server", kind: "entered", data: device },
      { at, source: "page", kind: "offline", data: {} },
      { at, source: "page", kind: "chunks", data: {} },
    ],
  });
  const { user } = visit("/sessions/session-1");
  expect(await screen.findByText("Connexion perdue")).toBeVisible();
  expect(screen.queryByText(/Page ouverte/)).not.toBeInTheDocument();
  await user.click(screen.getByRole("checkbox", { name: "Aussi les détails techniques" }));
  expect(screen.getByText("Page ouverte : Téléphone, Safari 18 et iOS")).toBeVisible();
});
