import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import { campaign, person } from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

const invite = async () => {
  const page = visit("/campaigns/campaign-1");
  await page.user.click(await screen.findByRole("button", { name: "Inviter des candidats" }));
  return { ...page, panel: await screen.findByRole("tabpanel") };
};

describe("inviting", () => {
  it("takes a pasted list, shows each link and who was left out", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/campaigns/:id/invite_candidates/", async ({ request }) => {
        bodies.push(await request.json());
        const link = "https://jobgate.test/interview#token";
        const expires_at = "2026-12-20T00:00:00Z";
        return HttpResponse.json({
          invited: [{ session_id: "s", candidate: person("Nadia", "Roux"), link, expires_at }],
          skipped: [{ email: "t@exemple.test", code: "already", detail: "Déjà invité." }],
        });
      }),
    );
    const { user, panel } = await invite();
    await user.click(within(panel).getByLabelText("Prénom"));
    await user.paste("Nadia;Roux;nadia@exemple.test\nJean;Bon;jean\nThomas;Roux;t@exemple.test");
    expect(within(panel).getByText("Jean;Bon;jean")).toBeVisible();
    await user.click(within(panel).getByRole("button", { name: "Envoyer 2 invitations" }));
    expect(await screen.findByText("1 invitation envoyée")).toBeVisible();
    expect(screen.getByText("Déjà invité.", { exact: false })).toBeVisible();
    expect(bodies).toEqual([
      {
        candidates: [
          { first_name: "Nadia", last_name: "Roux", email: "nadia@exemple.test" },
          { first_name: "Thomas", last_name: "Roux", email: "t@exemple.test" },
        ],
      },
    ]);

    await user.click(screen.getByRole("button", { name: "Copier le lien de Nadia Roux" }));
    expect(await navigator.clipboard.readText()).toBe("https://jobgate.test/interview#token");
  });

  it("shows the server's mistake at the person's field", async () => {
    server.use(
      http.post("/api/campaigns/:id/invite_candidates/", () =>
        refusal(400, "invalid", "Vérifiez les champs.", {
          "candidates.0.email": [{ code: "invalid", detail: "Adresse incomplète." }],
        }),
      ),
    );
    const { user, panel } = await invite();
    await user.type(within(panel).getByLabelText("Adresse e-mail"), "nadia@");
    await user.click(within(panel).getByRole("button", { name: "Envoyer 1 invitation" }));
    expect(await within(panel).findByText("Adresse incomplète.")).toBeVisible();
    expect(within(panel).getByLabelText("Adresse e-mail")).toHaveValue("nadia@");
  });
});

describe("a campaign", () => {
  it("is opened from its page", async () => {
    server.use(
      http.get("/api/campaigns/:id/", () => HttpResponse.json(campaign({ status: "draft" })), {
        once: true,
      }),
      http.post("/api/campaigns/:id/open/", () => HttpResponse.json(campaign())),
    );
    const { user } = visit("/campaigns/campaign-1");
    await user.click(await screen.findByRole("button", { name: "Ouvrir la campagne" }));
    expect(await screen.findByText("Campagne ouverte")).toBeVisible();
    expect(await screen.findByRole("button", { name: "Inviter des candidats" })).toBeVisible();
  });

  it("is closed only after it was asked", async () => {
    const calls: string[] = [];
    server.use(
      http.post("/api/campaigns/:id/close/", () => {
        calls.push("close");
        return HttpResponse.json(campaign({ status: "closed" }));
      }),
    );
    const { user } = visit("/campaigns/campaign-1");
    await user.click(await screen.findByRole("button", { name: "Autres actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Fermer la campagne" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(calls).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Fermer la campagne" }));
    await waitFor(() => expect(calls).toEqual(["close"]));
  });

  it("shows its first figures", async () => {
    visit("/campaigns/campaign-1");
    expect(await screen.findByText("82 %")).toBeVisible();
    expect(screen.getByText("6,8")).toBeVisible();
    expect(screen.getByText("1 min 24 s")).toBeVisible();
  });
});
