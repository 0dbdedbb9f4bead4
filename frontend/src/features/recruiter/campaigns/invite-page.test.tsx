import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import type { Import, PublicLink } from "@/api/invitations";
import { visit } from "@/test/app";
import { page, refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

const LINK = "https://jobgate.test/interview#join-1234";

const batch = (changes: Partial<Import> = {}): Import => ({
  id: "list-1",
  campaign: "campaign-1",
  file_name: "",
  state: "preview",
  reason: "",
  lines: 3,
  good: 1,
  wrong: 1,
  skipped: 1,
  done: 0,
  total: 1,
  invited: 0,
  created_at: "2026-11-21T10:00:00Z",
  updated_at: "2026-11-21T10:00:00Z",
  ...changes,
});

const line = (number: number, state: string, detail: string) => ({
  number,
  state,
  person: { first_name: "Jean", last_name: "Bon", email: "jean@exemple.test" },
  errors: { email: [{ code: "x", detail }] },
});

const answers = (state: Partial<Import>) =>
  server.use(http.get("/api/invitation-imports/:id/", () => HttpResponse.json(batch(state))));

beforeEach(() => {
  server.use(
    ...signedIn(),
    ...world,
    http.get("/api/invitation-imports/:id/lines/", ({ request }) =>
      HttpResponse.json(
        new URL(request.url).searchParams.get("state") === "wrong"
          ? page([line(2, "wrong", "Adresse incomplète.")])
          : page([line(3, "skipped", "Déjà invité.")]),
      ),
    ),
  );
  answers({});
});

describe("a list of people", () => {
  it("is pasted, looked at line by line, and confirmed", async () => {
    const bodies: unknown[] = [];
    const steps: string[] = [];
    server.use(
      http.post("/api/invitation-imports/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(batch({ state: "reading" }), { status: 201 });
      }),
      http.post("/api/invitation-imports/:id/start/", () => {
        steps.push("start");
        answers({ state: "done", invited: 1, done: 1 });
        return HttpResponse.json(batch({ state: "running" }));
      }),
    );
    const { user, address } = visit("/campaigns/campaign-1/invite?by=paste");
    await user.click(await screen.findByLabelText("Liste de personnes"));
    await user.paste("Nadia;Roux;nadia@exemple.test");
    await user.click(screen.getByRole("button", { name: "Vérifier la liste" }));

    await user.click(
      await screen.findByRole("button", { name: "Envoyer 1 invitation" }, { timeout: 4000 }),
    );
    expect(address()?.search).toBe("?import=list-1");
    expect(await screen.findByText("1 invitation envoyée", {}, { timeout: 4000 })).toBeVisible();
    expect(steps).toEqual(["start"]);
    expect(bodies).toEqual([{ campaign: "campaign-1", text: "Nadia;Roux;nadia@exemple.test" }]);
  });

  it("says of each line what is wrong with it", async () => {
    visit("/campaigns/campaign-1/invite?import=list-1");
    const wrong = await screen.findByRole("list", { name: "Lignes à corriger" });
    expect(within(wrong).getByText("Ligne 2")).toBeVisible();
    expect(await within(wrong).findByText(/Adresse incomplète/)).toBeVisible();
    expect(await screen.findByText(/Déjà invité\./)).toBeVisible();
  });

  it("comes as a file, whose fault is said where it was chosen", async () => {
    server.use(
      http.post("/api/invitation-imports/", async ({ request }) => {
        expect(request.headers.get("content-type")).toMatch(/^multipart\/form-data/);
        return refusal(400, "sheet_unreadable", "Ce fichier est illisible.");
      }),
    );
    const { user } = visit("/campaigns/campaign-1/invite?by=file");
    const file = new File(["x"], "people.xlsx");
    await user.upload(await screen.findByLabelText(/Choisir un fichier/), file);
    expect(await screen.findByText("Ce fichier est illisible.")).toBeVisible();
  });

  it("shows how far it is, and can be stopped", async () => {
    answers({ state: "running", done: 50, total: 200 });
    server.use(
      http.post("/api/invitation-imports/:id/cancel/", () => {
        answers({ state: "cancelled" });
        return HttpResponse.json(batch({ state: "cancelled" }));
      }),
    );
    const { user } = visit("/campaigns/campaign-1/invite?import=list-1");
    expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
    await user.click(screen.getByRole("button", { name: "Arrêter" }));
    expect(await screen.findByText(/L’import est arrêté/)).toBeVisible();
  });
});

describe("the public link", () => {
  it("is switched on with a limit, copied, and shown as a QR code", async () => {
    const bodies: unknown[] = [];
    const link: PublicLink = { enabled: false, link: null, most_sessions: 100, sessions_made: 0 };
    server.use(
      http.get("/api/campaigns/:id/public_link/", () => HttpResponse.json(link)),
      http.put("/api/campaigns/:id/public_link/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({ ...link, enabled: true, link: LINK });
      }),
    );
    const { user } = visit("/campaigns/campaign-1/invite?by=link");
    await user.click(await screen.findByRole("button", { name: "Activer le lien" }));
    expect(await screen.findByText(LINK)).toBeVisible();
    expect(screen.getByRole("img", { name: "Code QR du lien public" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copier le lien public" }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(LINK));
    expect(bodies).toEqual([{ enabled: true, most_sessions: 100 }]);
  });
});
