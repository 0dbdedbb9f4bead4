import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import type { Effect } from "@/api/types";
import { visit } from "@/test/app";
import { campaign } from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

const questions = () =>
  screen
    .getAllByLabelText("Texte de la question")
    .map((field) => (field as HTMLTextAreaElement).value);

const open = async (address: string) => {
  const page = visit(address);
  await screen.findByRole("button", { name: "Enregistrer" });
  return page;
};

describe("the campaign form", () => {
  it("makes a campaign and shows it", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/campaigns/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(campaign(), { status: 201 });
      }),
    );
    const { user, address } = await open("/campaigns/new");
    await user.type(screen.getByLabelText("Titre"), "Chef de projet");
    await user.type(screen.getByLabelText("Texte de la question"), "Pourquoi nous ?");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(address()?.pathname).toBe("/campaigns/campaign-1"));
    expect(bodies).toMatchObject([
      {
        title: "Chef de projet",
        preparation_seconds: 60,
        questions: [{ text: "Pourquoi nous ?", mandatory: true, preparation_seconds: null }],
      },
    ]);
    expect(bodies[0]).not.toHaveProperty("ends_at");
    expect(sessionStorage).toHaveLength(0);
  });

  it("orders questions by the keyboard alone, and says where they went", async () => {
    const { user } = await open("/campaigns/campaign-1/edit");
    const [first, second, third] = questions();
    screen.getByRole("button", { name: /Déplacer la question 1/ }).focus();
    await user.keyboard("{ArrowDown}");
    expect(questions()).toEqual([second, first, third]);
    expect(screen.getByText("Question déplacée en position 2 sur 3")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Monter la question 3" }));
    expect(questions()).toEqual([second, third, first]);
  });

  it("keeps identities when questions are reordered and one is removed", async () => {
    const bodies: { questions: { id?: string }[] }[] = [];
    server.use(
      http.put("/api/campaigns/:id/", async ({ request }) => {
        bodies.push((await request.json()) as (typeof bodies)[number]);
        return HttpResponse.json(campaign());
      }),
    );
    const { user } = await open("/campaigns/campaign-1/edit");
    await user.click(screen.getByRole("button", { name: "Supprimer la question 1" }));
    await user.click(screen.getByRole("button", { name: "Descendre la question 1" }));
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(bodies).toHaveLength(1));
    expect(bodies[0]?.questions.map(({ id }) => id)).toEqual(["question-3", "question-2"]);
  });

  it("shows the server's mistakes at their fields", async () => {
    const detail = "Cette question est trop longue.";
    server.use(
      http.put("/api/campaigns/:id/", () =>
        refusal(400, "invalid", "Vérifiez les champs signalés.", {
          "questions.1.text": [{ code: "max_length", detail }],
        }),
      ),
    );
    const { user } = await open("/campaigns/campaign-1/edit");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    const item = screen.getByRole("listitem", { name: "Question 2" });
    expect(await within(item).findByText(detail)).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("Vérifiez les champs signalés.");
    await waitFor(() => expect(within(item).getByLabelText("Texte de la question")).toHaveFocus());
  });

  it("asks for a title and a text before it asks the server", async () => {
    const { user } = await open("/campaigns/new");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(await screen.findByText("Donnez un titre à la campagne.")).toBeVisible();
    expect(screen.getByText("Écrivez la question.")).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText("Titre")).toHaveFocus());
  });

  it("finds again what was typed before the page was left", async () => {
    const { user, go } = await open("/campaigns/new");
    await user.type(screen.getByLabelText("Titre"), "À moitié écrit");
    await go("/campaigns");
    await screen.findByRole("heading", { name: "Campagnes" });
    await go("/campaigns/new");
    expect(await screen.findByLabelText("Titre")).toHaveValue("À moitié écrit");
    await user.click(screen.getByRole("button", { name: "Repartir de zéro" }));
    expect(screen.getByLabelText("Titre")).toHaveValue("");
  });

  it("keeps every setting that is chosen", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/campaigns/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(campaign(), { status: 201 });
      }),
    );
    const { user } = await open("/campaigns/new");
    await user.type(screen.getByLabelText("Titre"), "Chef de projet");
    await user.type(screen.getByLabelText("Entreprise"), "Atelier");
    for (const name of [
      /^Retour en arrière/,
      /^Ordre mélangé/,
      /^Minute libre/,
      "3 jours avant la fin",
    ]) {
      await user.click(screen.getByRole("checkbox", { name }));
    }
    await user.click(screen.getByRole("checkbox", { name: /^Revoir sa prise/ }));
    await user.click(screen.getByRole("button", { name: /Temps de préparation/ }));
    await user.click(await screen.findByRole("option", { name: "Aucun" }));
    expect(screen.queryByRole("textbox", { name: "Préparation" })).not.toBeInTheDocument();
    await user.selectOptions(screen.getByLabelText("Fuseau horaire"), "Asia/Riyadh");
    await user.type(screen.getByLabelText("Fin"), "2030-01-31");
    await user.type(screen.getByLabelText("Réponse promise avant le"), "2030-02-10");
    await user.type(screen.getByLabelText("Texte de la question"), "Quel horaire ?");
    await user.click(screen.getByRole("button", { name: /Réponse par/ }));
    await user.click(await screen.findByRole("option", { name: "Choix parmi des réponses" }));
    await user.type(screen.getByLabelText("Réponses proposées"), "Matin\n\n Soir ");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(bodies).toHaveLength(1));
    expect(bodies[0]).toMatchObject({
      company: "Atelier",
      going_back: true,
      shuffled: true,
      closing_minute: true,
      questions_to_team: false,
      review_own_take: false,
      preparation_mode: "none",
      reminder_days: [3],
      time_zone: "Asia/Riyadh",
      ends_at: "2030-01-31T20:59:59.000Z",
      reply_by: "2030-02-10",
      questions: [{ text: "Quel horaire ?", answer_by: "choice", choices: ["Matin", "Soir"] }],
    });
  });

  it("asks for answers to choose from, and for a reply that is not before the end", async () => {
    const { user } = await open("/campaigns/new");
    await user.type(screen.getByLabelText("Titre"), "Chef de projet");
    await user.type(screen.getByLabelText("Texte de la question"), "Quel horaire ?");
    await user.click(screen.getByRole("button", { name: /Réponse par/ }));
    await user.click(await screen.findByRole("option", { name: "Choix parmi des réponses" }));
    await user.type(screen.getByLabelText("Fin"), "2030-01-31");
    await user.type(screen.getByLabelText("Réponse promise avant le"), "2030-01-01");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(await screen.findByText("Écrivez au moins deux réponses.")).toBeVisible();
    expect(screen.getByText(/ne peut pas être promise avant la fin/)).toBeVisible();
  });

  it("adds up the longest possible interview", async () => {
    const { user } = await open("/campaigns/new");
    expect(screen.getByText(/Durée maximale/)).toHaveTextContent("3 min");
    await user.click(screen.getByRole("button", { name: "Ajouter une question" }));
    expect(screen.getByText(/Durée maximale/)).toHaveTextContent("6 min");
  });
});

describe("a campaign in which somebody has started", () => {
  const told: Effect = {
    version: 3,
    new_version: true,
    changes: ["questions", "shuffled"],
    started: 4,
  };
  let saved = 0;

  beforeEach(() => {
    saved = 0;
    server.use(
      http.get("/api/campaigns/:id/", () =>
        HttpResponse.json(campaign({ version: 2, version_started: 4 })),
      ),
      http.post("/api/campaigns/:id/check_update/", () => HttpResponse.json(told)),
      http.put("/api/campaigns/:id/", () => {
        saved += 1;
        return HttpResponse.json(campaign({ version: 3 }));
      }),
    );
  });

  it("says what a change would mean before anything is typed", async () => {
    await open("/campaigns/campaign-1/edit");
    const notice = screen.getByText(/4 personnes ont déjà commencé/);
    expect(notice).toHaveTextContent("crée la version 3");
  });

  it("is saved only after the new version was agreed to", async () => {
    const { user, address } = await open("/campaigns/campaign-1/edit");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Créer la version 3 ?" });
    expect(dialog).toHaveTextContent("4 personnes ont commencé et gardent");
    expect(
      within(dialog)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(["Questions", "Ordre mélangé"]);
    await user.click(within(dialog).getByRole("button", { name: "Annuler" }));
    expect(saved).toBe(0);
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await user.click(await screen.findByRole("button", { name: "Créer la version" }));
    await waitFor(() => expect(address()?.pathname).toBe("/campaigns/campaign-1"));
    expect(saved).toBe(1);
  });

  it("is saved at once when nothing that matters changes", async () => {
    server.use(
      http.post("/api/campaigns/:id/check_update/", () =>
        HttpResponse.json({ ...told, new_version: false, changes: [] }),
      ),
    );
    const { user, address } = await open("/campaigns/campaign-1/edit");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    await waitFor(() => expect(address()?.pathname).toBe("/campaigns/campaign-1"));
    expect(saved).toBe(1);
  });
});
