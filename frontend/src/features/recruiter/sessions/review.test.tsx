import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { visit } from "@/test/app";
import { recording, response, session } from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

const showing = (part: Parameters<typeof session>[0]) =>
  server.use(http.get("/api/sessions/:id/", () => HttpResponse.json(session(part))));

const scoreOf = (score: number) => screen.getByRole("radio", { name: `${score} sur 10` });

describe("reviewing", () => {
  it("saves a score with notes and says so", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("/api/responses/:id/evaluate/", async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({
          id: "e",
          score: 8,
          notes: "Claire.",
          updated_at: "2026-11-20T10:00:00Z",
        });
      }),
    );
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("radio", { name: "8 sur 10" }));
    await user.type(screen.getByLabelText("Notes"), "Claire.");
    expect(screen.getByText("Modifications non enregistrées")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(await screen.findByText(/^Enregistrée le 20 nov/)).toBeVisible();
    expect(bodies).toEqual([{ score: 8, notes: "Claire." }]);
  });

  it("calls notes saved that end in a space, which the server trims", async () => {
    server.use(
      http.post("/api/responses/:id/evaluate/", () =>
        HttpResponse.json({
          id: "e",
          score: 8,
          notes: "Claire.",
          updated_at: "2026-11-20T10:00:00Z",
        }),
      ),
    );
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("radio", { name: "8 sur 10" }));
    await user.type(screen.getByLabelText("Notes"), "Claire. ");
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(await screen.findByText(/^Enregistrée le 20 nov/)).toBeVisible();
  });

  it("scores by the arrow keys", async () => {
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("radio", { name: "5 sur 10" }));
    await user.keyboard("{ArrowRight}");
    expect(scoreOf(6)).toBeChecked();
  });

  it("keeps what was not saved while another answer is looked at", async () => {
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("radio", { name: "9 sur 10" }));
    await user.click(screen.getByRole("button", { name: /^2\. / }));
    expect(scoreOf(9)).not.toBeChecked();
    await user.click(screen.getByRole("button", { name: /^1\. / }));
    expect(scoreOf(9)).toBeChecked();
  });

  it("keeps what was not saved while another page is looked at, and warns of closing", async () => {
    const isWarned = () => {
      const leaving = new Event("beforeunload", { cancelable: true });
      dispatchEvent(leaving);
      return leaving.defaultPrevented;
    };
    const { user, go } = visit("/sessions/session-1");
    await user.type(await screen.findByLabelText("Notes"), "À revoir");
    expect(isWarned()).toBe(true);
    await go("/profile");
    await waitFor(() => expect(screen.queryByLabelText("Notes")).toBeNull());
    expect(isWarned()).toBe(false);
    await go("/sessions/session-1");
    expect(await screen.findByLabelText("Notes")).toHaveValue("À revoir");
  });

  it("keeps the score on the page when saving fails", async () => {
    server.use(
      http.post("/api/responses/:id/evaluate/", () =>
        refusal(403, "permission_denied", "Non permis."),
      ),
    );
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("radio", { name: "4 sur 10" }));
    await user.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(await screen.findByText("Non permis.")).toBeVisible();
    expect(scoreOf(4)).toBeChecked();
  });
});

describe("an answer to be read", () => {
  it("shows words, what was chosen, and a file to save", async () => {
    const attachment = {
      file_name: "cv.pdf",
      content_type: "application/pdf",
      bytes: 1200,
      url: "/api/attachments/a/?grant=g",
      url_expires_at: "2026-11-20T18:00:00Z",
    };
    showing({
      responses: [
        response(1, { recording: null, answer_kind: "text", written: "Deux ans." }),
        response(2, { recording: null, answer_kind: "choice", chosen: ["Jour", "Nuit"] }),
        response(3, { recording: null, answer_kind: "file", attachment }),
      ],
    });
    const { user } = visit("/sessions/session-1");
    expect(await screen.findByText("Deux ans.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^2/ }));
    expect(await screen.findByText("Nuit")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^3/ }));
    const file = await screen.findByRole("link", { name: "Enregistrer le fichier cv.pdf" });
    expect(file).toHaveAttribute("href", attachment.url);
  });
});

describe("an answer that cannot be played", () => {
  it.each([
    ["is on its way", recording({ state: "received", url: null }), "Réponse en préparation"],
    [
      "was refused",
      recording({ state: "rejected", url: null, reason_text: "Le fichier est vide." }),
      "Le fichier est vide.",
    ],
    ["was skipped", null, "Le candidat a passé cette question"],
  ])("says that it %s", async (_, of, sentence) => {
    showing({ responses: [response(1, { recording: of })] });
    visit("/sessions/session-1");
    expect(await screen.findByText(sentence)).toBeVisible();
  });
});

describe("an answer that a technical fault spoilt", () => {
  const failed = recording({ state: "failed", url: null, reason_text: "Le fichier manque." });

  it.each([
    ["in_progress", /le candidat peut enregistrer de nouveau/],
    ["expired", /le délai de l’entretien était écoulé/],
  ] as const)("says why, and what follows in a session that is %s", async (status, sentence) => {
    showing({ status, responses: [response(1, { recording: failed, given_back: true })] });
    visit("/sessions/session-1");
    expect(await screen.findByText("Le fichier manque.")).toBeVisible();
    expect(screen.getByText(sentence)).toBeVisible();
  });

  it("is told in the timeline", async () => {
    const at = "2026-11-18T16:00:00Z";
    const entry = { at, source: "server" as const, data: { question: "question-1" } };
    const kinds = ["reopened", "asked_again", "fault_after_end"];
    showing({
      timeline: [
        { ...entry, kind: "question_opened", data: { question: "question-1", position: 1 } },
        ...kinds.map((kind) => ({ ...entry, kind })),
      ],
    });
    visit("/sessions/session-1");
    expect(await screen.findByText("Entretien rouvert pour une réponse")).toBeVisible();
    expect(screen.getByText(/^E-mail envoyé : réponse 1/)).toBeVisible();
    expect(screen.getByText(/à vous de décider/)).toBeVisible();
  });
});

describe("a session without answers", () => {
  it("offers the link again", async () => {
    showing({ status: "invited", responses: [], completed_at: null });
    server.use(
      http.get("/api/sessions/:id/link/", () => HttpResponse.json({ link: "https://x.test/#t" })),
    );
    const { user } = visit("/sessions/session-1");
    await user.click(await screen.findByRole("button", { name: /Copier le lien/ }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toBe("https://x.test/#t"),
    );
    expect(await screen.findByText("Lien copié", { ignore: "[aria-hidden]" })).toBeVisible();
  });

  it("says when the link has expired", async () => {
    showing({ status: "expired", responses: [], completed_at: null });
    visit("/sessions/session-1");
    expect(await screen.findByText("Le lien a expiré")).toBeVisible();
  });
});

it("lists what happened", async () => {
  visit("/sessions/session-1");
  const heading = await screen.findByRole("heading", { name: "Chronologie" });
  const card = heading.closest("section");
  const items = card ? within(card).getAllByRole("listitem") : [];
  expect(items.map((item) => item.firstElementChild?.nextElementSibling?.textContent)).toEqual([
    "Invitation envoyée",
    "Lien ouvert",
    "Question 1 ouverte",
    "Réponse à la question 1 envoyée",
    "Entretien terminé",
  ]);
});
