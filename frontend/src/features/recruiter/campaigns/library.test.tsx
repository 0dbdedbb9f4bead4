import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import { bankQuestion, campaign, template } from "@/test/data";
import { page, refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

const texts = () =>
  screen
    .getAllByLabelText("Texte de la question")
    .map((field) => (field as HTMLTextAreaElement).value);

const open = async (address: string) => {
  const shown = visit(address);
  await screen.findByRole("button", { name: "Enregistrer" });
  return shown;
};

describe("a template", () => {
  it("fills a new campaign, and leaves its title and dates", async () => {
    const { user } = await open("/campaigns/new");
    await user.type(screen.getByLabelText("Titre"), "Chef de projet");
    await user.type(screen.getByLabelText("Fin"), "2030-01-31");
    await user.click(screen.getByRole("button", { name: "Partir d’un modèle" }));
    await user.click(
      await screen.findByRole("button", { name: "Utiliser le modèle Premier entretien" }),
    );
    expect(texts()).toEqual(["Présentez-vous.", "Et ensuite ?"]);
    expect(screen.getByLabelText("Titre")).toHaveValue("Chef de projet");
    expect(screen.getByLabelText("Fin")).toHaveValue("2030-01-31");
    expect(screen.getByLabelText("Essais par question")).toHaveValue(2);
  });

  it("of one's own can be removed, the built-in one cannot", async () => {
    const removed: string[] = [];
    const own = template({ id: "template-2", name: "Le nôtre", built_in: false });
    server.use(
      http.get("/api/campaign-templates/", () => HttpResponse.json(page([template(), own]))),
      http.delete("/api/campaign-templates/:id/", ({ params }) => {
        removed.push(String(params["id"]));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = await open("/campaigns/new");
    await user.click(screen.getByRole("button", { name: "Partir d’un modèle" }));
    await user.click(await screen.findByRole("button", { name: "Supprimer le modèle Le nôtre" }));
    await waitFor(() => expect(removed).toEqual(["template-2"]));
    expect(screen.queryByRole("button", { name: /Supprimer le modèle Premier/ })).toBeNull();
  });

  it("is made of a campaign, under a name that is free", async () => {
    const bodies: { name: string; campaign: Record<string, unknown> }[] = [];
    server.use(
      http.post("/api/campaign-templates/", async ({ request }) => {
        bodies.push((await request.json()) as (typeof bodies)[number]);
        return bodies.length > 1
          ? HttpResponse.json(template(), { status: 201 })
          : refusal(400, "invalid", "Vérifiez les champs signalés.", {
              name: [{ code: "taken", detail: "Un autre modèle porte déjà ce nom." }],
            });
      }),
    );
    const { user } = visit("/campaigns/campaign-1");
    await user.click(await screen.findByRole("button", { name: "Autres actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Enregistrer comme modèle" }));
    const dialog = await screen.findByRole("dialog", { name: "Enregistrer comme modèle" });
    await user.click(within(dialog).getByRole("button", { name: "Enregistrer" }));
    expect(await within(dialog).findByText(/Un autre modèle/)).toBeVisible();
    await user.type(within(dialog).getByLabelText("Nom du modèle"), " 2");
    await user.click(within(dialog).getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    const sent = bodies[1]?.campaign ?? {};
    for (const name of ["title", "ends_at", "reply_by", "introduction_prompt"]) {
      expect(sent).not.toHaveProperty(name);
    }
    expect(sent["questions"]).toHaveLength(3);
  });
});

describe("the question bank", () => {
  it("gives questions to a campaign, the first one in the place of the empty one", async () => {
    const { user } = await open("/campaigns/new");
    await user.click(screen.getByRole("button", { name: "Prendre dans la banque" }));
    const add = await screen.findByRole("button", { name: /^Ajouter : Quel horaire/ });
    await user.click(add);
    await user.click(add);
    await user.click(screen.getByRole("button", { name: "Terminé" }));
    const { text } = bankQuestion();
    expect(texts()).toEqual([text, text]);
    expect(screen.getAllByLabelText("Réponses proposées")[0]).toHaveValue("Matin\nSoir");
  });

  it("says when it is empty", async () => {
    server.use(http.get("/api/question-bank/", () => HttpResponse.json(page([]))));
    const { user } = await open("/campaigns/new");
    await user.click(screen.getByRole("button", { name: "Prendre dans la banque" }));
    expect(await screen.findByText("La banque est vide")).toBeVisible();
  });

  it("keeps a question of a campaign", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/question-bank/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(bankQuestion(), { status: 201 });
      }),
    );
    const { user } = await open("/campaigns/campaign-1/edit");
    await user.click(screen.getByRole("button", { name: "Garder la question 2 dans la banque" }));
    await waitFor(() => expect(bodies).toHaveLength(1));
    expect(bodies[0]).toMatchObject({ text: "Racontez une vente dont vous êtes fier." });
    expect(bodies[0]).not.toHaveProperty("id");
  });
});

describe("a copy of a campaign", () => {
  it("is opened to be written on", async () => {
    server.use(
      http.post("/api/campaigns/:id/duplicate/", () =>
        HttpResponse.json(campaign({ id: "campaign-2", title: "Copie" }), { status: 201 }),
      ),
      http.get("/api/campaigns/campaign-2/", () =>
        HttpResponse.json(campaign({ id: "campaign-2", title: "Copie" })),
      ),
    );
    const { user, address } = visit("/campaigns/campaign-1");
    await user.click(await screen.findByRole("button", { name: "Autres actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Dupliquer la campagne" }));
    await waitFor(() => expect(address()?.pathname).toBe("/campaigns/campaign-2/edit"));
    expect(await screen.findByLabelText("Titre")).toHaveValue("Copie");
  });
});
