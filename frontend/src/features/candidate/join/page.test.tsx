import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { I18nProvider, useCatalogue } from "@/lib/i18n";
import { server } from "@/test/server";

import { loadCatalogue } from "../catalogue";
import { publicToken } from "./address";
import { JoinPage } from "./page";

const enter = vi.fn<(token: string) => void>();
const user = userEvent.setup({ delay: null });

const inviting = {
  organization: "Atelier Nord",
  brand_color: "#00695c",
  campaign: "Boulangers 2026",
  job_title: "Boulanger",
  introduction: "Venez comme vous êtes.",
  ends_at: "2026-12-20T00:00:00Z",
};

function Root() {
  const { i18n, setLanguage } = useCatalogue("fr", loadCatalogue);
  if (!i18n) return null;
  return (
    <I18nProvider i18n={i18n} setLanguage={setLanguage}>
      <JoinPage token="t" enter={enter} />
    </I18nProvider>
  );
}

const refuse = (status: number, code: string, fields = {}) =>
  HttpResponse.json({ code, detail: "", fields }, { status });

beforeEach(() => {
  enter.mockClear();
  server.use(http.post("/api/sessions/public_link/", () => HttpResponse.json(inviting)));
});

async function fillIn(email = "nora@exemple.test") {
  render(<Root />);
  await user.type(await screen.findByLabelText("Prénom"), "Nora");
  await user.type(screen.getByLabelText("Nom"), "Keller");
  await user.type(screen.getByLabelText("Adresse e-mail"), email);
  await user.click(screen.getByRole("button", { name: "Aller à l’entretien" }));
}

describe("the page of a public link", () => {
  it("says who invites to what, and goes on to the interview", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/sessions/join/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({ token: "personal" }, { status: 201 });
      }),
    );
    await fillIn();
    expect(screen.getByRole("heading", { name: "Boulanger" })).toBeVisible();
    expect(screen.getByText("Venez comme vous êtes.")).toBeVisible();
    await vi.waitFor(() => expect(enter).toHaveBeenCalledWith("personal"));
    expect(bodies).toEqual([
      {
        token: "t",
        language: "fr",
        first_name: "Nora",
        last_name: "Keller",
        email: "nora@exemple.test",
      },
    ]);
  });

  it("sends whom the company knows to their e-mail", async () => {
    server.use(
      http.post("/api/sessions/join/", () => HttpResponse.json({ token: null }, { status: 201 })),
    );
    await fillIn();
    expect(await screen.findByRole("heading", { name: "Regardez vos e-mails" })).toBeVisible();
    expect(screen.getByText("nora@exemple.test")).toBeVisible();
    expect(enter).not.toHaveBeenCalled();
  });

  it("shows the server's mistake at its field, and what was typed stays", async () => {
    const mistakes = { email: [{ code: "invalid", detail: "Adresse incomplète." }] };
    server.use(http.post("/api/sessions/join/", () => refuse(400, "invalid", mistakes)));
    await fillIn("nora@exemple");
    expect(await screen.findByText("Adresse incomplète.")).toBeVisible();
    expect(screen.getByLabelText("Adresse e-mail")).toBeInvalid();
    expect(screen.getByLabelText("Prénom")).toHaveValue("Nora");
  });

  it("keeps the form when the connection is gone", async () => {
    server.use(http.post("/api/sessions/join/", () => HttpResponse.error()));
    await fillIn();
    expect(await screen.findByText(/La connexion ne répond pas/)).toBeVisible();
    expect(screen.getByLabelText("Nom")).toHaveValue("Keller");
  });

  it.each([
    ["link_unknown", 404, "Ce lien ne mène à aucun entretien"],
    ["campaign_closed", 410, "Cet entretien est fermé"],
    ["public_link_full", 410, "Cet entretien n’accepte plus de candidats"],
  ])("says what is in the way: %s", async (code, status, title) => {
    server.use(http.post("/api/sessions/public_link/", () => refuse(status, code)));
    render(<Root />);
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
  });
});

describe("an address", () => {
  it.each([
    ["#join-1234", "1234"],
    ["#1234", null],
    ["", null],
  ])("is a public link or not: %s", (hash, token) => {
    expect(publicToken(hash)).toBe(token);
  });
});
