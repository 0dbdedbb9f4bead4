import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

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

  it("adds up the longest possible interview", async () => {
    const { user } = await open("/campaigns/new");
    expect(screen.getByText(/Durée maximale/)).toHaveTextContent("3 min");
    await user.click(screen.getByRole("button", { name: "Ajouter une question" }));
    expect(screen.getByText(/Durée maximale/)).toHaveTextContent("6 min");
  });
});
