import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import { me } from "@/test/data";
import { refusal, signedIn, signedOut, world } from "@/test/handlers";
import { server } from "@/test/server";

const signIn = async (user: ReturnType<typeof visit>["user"]) => {
  await user.type(await screen.findByLabelText("Adresse e-mail"), "claire@atelier-nord.test");
  await user.type(screen.getByLabelText("Mot de passe"), "demo-jobgate");
  await user.click(screen.getByRole("button", { name: "Se connecter" }));
};

describe("signing in", () => {
  it("leads back to the page that was asked for", async () => {
    server.use(...signedOut);
    const { user, address } = visit("/campaigns?status=open");
    await screen.findByRole("heading", { name: "Connexion" });
    server.use(
      ...signedIn(),
      ...world,
      http.post("/api/token/", ({ request }) => {
        expect(request.headers.get("X-Token-Transport")).toBe("cookie");
        return HttpResponse.json({ access: "access-1" });
      }),
    );
    await signIn(user);
    expect(await screen.findByRole("heading", { name: "Campagnes" })).toBeVisible();
    expect(address()?.search).toBe("?status=open");
  });

  it("says why it failed, in the server's words", async () => {
    server.use(
      ...signedOut,
      http.post("/api/token/", () => refusal(401, "wrong_credentials", "Mot de passe incorrect.")),
    );
    const { user } = visit("/login");
    await signIn(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("Mot de passe incorrect.");
  });

  it("says so when the server cannot be reached", async () => {
    server.use(
      ...signedOut,
      http.post("/api/token/", () => HttpResponse.error()),
    );
    const { user } = visit("/login");
    await signIn(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("Vérifiez votre connexion");
  });

  it("comes back after the session expired in mid-work", async () => {
    server.use(...signedIn(), ...world);
    const { user, address } = visit("/");
    await screen.findByRole("heading", { name: "Bonjour Claire" });
    server.use(
      http.get("/api/candidates/", () => refusal(401, "token_expired", "")),
      ...signedOut,
    );
    await user.click(screen.getByRole("link", { name: "Candidats" }));
    expect(await screen.findByText(/Votre session a expiré/)).toBeVisible();
    expect(address()?.state).toMatchObject({ expired: true });
  });

  it("ends by the user menu", async () => {
    server.use(...signedIn(), ...world);
    const { user } = visit("/");
    await user.click(await screen.findByRole("button", { name: /Votre compte/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Se déconnecter" }));
    expect(await screen.findByRole("heading", { name: "Connexion" })).toBeVisible();
  });
});

describe("who sees what", () => {
  it("shows an account without organisation how interviews open", async () => {
    server.use(
      http.get("/api/me/", () => HttpResponse.json({ ...me(), memberships: [] })),
      ...signedIn(),
    );
    visit("/");
    expect(await screen.findByText(/ouvrez le lien personnel/)).toBeVisible();
    expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
  });

  it("offers a reviewer nothing to create or invite", async () => {
    server.use(...signedIn("reviewer"), ...world);
    visit("/campaigns/campaign-1");
    await screen.findByRole("heading", { name: "Commercial terrain – Lyon" });
    expect(screen.queryByRole("button", { name: "Inviter des candidats" })).not.toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "Modifier" })).not.toBeInTheDocument();
  });

  it("refuses the campaign form to a reviewer", async () => {
    server.use(...signedIn("reviewer"), ...world);
    visit("/campaigns/new");
    expect(await screen.findByText("Accès non autorisé")).toBeVisible();
  });
});

describe("errors", () => {
  it("shows a page for an unknown address", async () => {
    server.use(...signedIn(), ...world);
    visit("/nowhere");
    expect(await screen.findByText("Page introuvable")).toBeVisible();
  });

  it("shows the same page for what does not exist", async () => {
    server.use(
      http.get("/api/sessions/:id/", () => refusal(404, "not_found", "Introuvable.")),
      ...signedIn(),
      ...world,
    );
    visit("/sessions/other");
    expect(await screen.findByText("Page introuvable")).toBeVisible();
  });
});
