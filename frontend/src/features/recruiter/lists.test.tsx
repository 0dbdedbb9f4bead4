import { screen, waitFor } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import { campaignRow, sessionRow } from "@/test/data";
import { page, refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

/** Answer a list, and keep the questions that were asked of it. */
function answering(path: string, answer: () => object) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get(path, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json(answer());
    }),
  );
  return () => Object.fromEntries(asked.at(-1) ?? []);
}

describe("a list", () => {
  it("shows that it is being loaded", async () => {
    server.use(http.get("/api/campaigns/", () => delay("infinite")));
    visit("/campaigns");
    expect(await screen.findByText("Chargement…")).toBeInTheDocument();
  });

  it("leads to the first campaign when there is none", async () => {
    server.use(http.get("/api/campaigns/", () => HttpResponse.json(page([]))));
    visit("/campaigns");
    expect(await screen.findByText("Aucune campagne pour le moment")).toBeVisible();
    expect(screen.getAllByRole("link", { name: "Nouvelle campagne" })).toHaveLength(2);
  });

  it("tries again after an error", async () => {
    server.use(
      http.get("/api/campaigns/", () => refusal(500, "server_error", "Une erreur de notre côté."), {
        once: true,
      }),
    );
    const { user } = visit("/campaigns");
    expect(await screen.findByText("Une erreur de notre côté.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Réessayer" }));
    expect(await screen.findByText("Commercial terrain – Lyon")).toBeVisible();
  });

  it("keeps search, filter, order and page in its address", async () => {
    const asked = answering("/api/campaigns/", () => ({
      next: "https://x.test/api/campaigns/?cursor=second",
      previous: null,
      results: [campaignRow()],
    }));
    const { user, address } = visit("/campaigns?status=open");
    await user.click(await screen.findByRole("button", { name: "Suivant" }));
    await waitFor(() => expect(asked()).toMatchObject({ status: "open", cursor: "second" }));
    await user.click(screen.getByRole("button", { name: /Fin/ }));
    await waitFor(() => expect(asked()).toEqual({ status: "open", ordering: "-ends_at" }));
    await user.type(
      screen.getByRole("searchbox", { name: "Rechercher une campagne" }),
      "lyon{Enter}",
    );
    await waitFor(() => expect(asked()).toMatchObject({ search: "lyon" }));
    expect(address()?.search).toContain("search=lyon");
  });

  it("says when nothing fits the filters", async () => {
    server.use(http.get("/api/sessions/", () => HttpResponse.json(page([]))));
    visit("/sessions?status=expired");
    expect(await screen.findByText("Aucun résultat")).toBeVisible();
  });
});

describe("sessions", () => {
  it.each([
    [{ status: "completed", to_review: 3, processing: false }, "À évaluer"],
    [{ status: "completed", to_review: 1, score: 7.5, processing: false }, "À évaluer"],
    [{ status: "completed", to_review: 3, processing: true }, "En préparation"],
    [{ status: "completed", to_review: 0, score: 7.5, processing: false }, "Évalué"],
    [{ status: "in_progress", to_review: 1, processing: false }, "En cours"],
  ] as const)("stand as a reviewer thinks of them", async (part, badge) => {
    server.use(http.get("/api/sessions/", () => HttpResponse.json(page([sessionRow(part)]))));
    visit("/sessions");
    expect(await screen.findByText(badge)).toBeVisible();
  });

  it("change on the page when the server says so", async () => {
    let row = sessionRow({ status: "started", completed_at: null });
    const lines = new TransformStream<Uint8Array, Uint8Array>();
    server.use(
      http.get("/api/sessions/", () => HttpResponse.json(page([row]))),
      http.get("/api/events/", () => new HttpResponse(lines.readable)),
    );
    visit("/sessions");
    expect(await screen.findByText("Lien ouvert", { selector: "td *" })).toBeVisible();
    row = sessionRow();
    const writer = lines.writable.getWriter();
    const event = 'event: change\ndata: {"kind":"session","id":"session-1"}\n\n';
    await writer.write(new TextEncoder().encode(event));
    expect(await screen.findByText("À évaluer")).toBeVisible();
  });
});

describe("home", () => {
  it("puts what waits for a score first", async () => {
    visit("/");
    expect(await screen.findByRole("heading", { name: "Entretiens à évaluer" })).toBeVisible();
    expect(await screen.findByRole("link", { name: "Nadia Roux" })).toHaveAttribute(
      "href",
      "/sessions/session-1",
    );
  });

  it("shows the first steps to a new organisation", async () => {
    server.use(http.get("/api/campaigns/", () => HttpResponse.json(page([]))));
    visit("/");
    expect(await screen.findByRole("heading", { name: "Vos premiers pas" })).toBeVisible();
  });
});
