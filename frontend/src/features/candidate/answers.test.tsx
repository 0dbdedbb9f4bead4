import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { FakeRecorder } from "@/recorder/test/fakeMedia";

import { server as mocks } from "@/test/server";

import {
  answer,
  handIn,
  heading,
  media,
  openPage,
  passDevices,
  passNotice,
  press,
  showPage,
  user,
} from "./test/driving";
import { fakeServer, interviewOf, question } from "./test/fakeServer";

const written = (position: number) => question(position, { answer_by: "text", ways: ["text"] });

describe("an answer in writing", () => {
  it("needs no camera, and is kept over a reload until it is sent", async () => {
    const server = openPage(interviewOf([written(1)]));
    await passNotice();
    await heading(/présentez-vous/i);
    expect(media.asked).toEqual([]);
    await press(/envoyer ma réponse/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/écrivez/i);
    await user.type(screen.getByRole("textbox"), "Bonjour");
    expect(sessionStorage.getItem(`draft-${question(1).id}`)).toBe("Bonjour");
    await press(/envoyer ma réponse/i);
    await heading(/réponse 1 reçue/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ written: "Bonjour" });
    expect(sessionStorage.getItem(`draft-${question(1).id}`)).toBeNull();
  });

  it("says what went wrong, and keeps the words", async () => {
    const server = openPage(interviewOf([written(1)]));
    await passNotice();
    await user.type(await screen.findByRole("textbox"), "Mes mots");
    server.refuse.set("submit_response", { status: 400, code: "invalid" });
    await press(/envoyer ma réponse/i);
    expect(await screen.findByText(/n’a pas pu être envoyée/i)).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Mes mots");
    server.refuse.clear();
    await press(/envoyer ma réponse/i);
    await heading(/réponse 1 reçue/i);
  });

  it("comes between recorded ones, and the devices are asked for only once", async () => {
    const server = openPage(interviewOf([question(1), written(2), question(3)]));
    await passNotice();
    await passDevices();
    await answer("one ");
    await press(/question suivante/i);
    await user.type(await screen.findByRole("textbox"), "deux");
    await press(/envoyer ma réponse/i);
    await press(/question suivante/i);
    await answer("three ");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/tout est arrivé/i);
    expect([...server.submitted.keys()].length).toBe(3);
    expect(media.asked.length).toBe(1);
  });

  it("may take the place of a video where the candidate was granted that", async () => {
    const server = openPage(interviewOf([question(1, { ways: ["video", "audio", "text"] })]));
    await passNotice();
    await passDevices();
    await press(/répondre par écrit/i);
    await user.type(await screen.findByRole("textbox"), "plutôt ainsi");
    await press(/envoyer ma réponse/i);
    await heading(/réponse 1 reçue/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ written: "plutôt ainsi" });
  });
});

describe("other ways to answer", () => {
  it("by the voice alone closes the camera", async () => {
    openPage(interviewOf([question(1, { ways: ["video", "audio"] })]));
    await passNotice();
    await passDevices();
    await press(/répondre avec le son seul/i);
    await waitFor(() => expect(media.asked.at(-1)?.video).toBe(false));
    await answer("voice ");
    await heading(/réponse 1 enregistrée/i);
    expect(FakeRecorder.last?.options.mimeType).toMatch(/^audio/);
  });

  it("by a choice sends which ones", async () => {
    const choices = ["Le matin", "Le soir", "La nuit"];
    const ways = { answer_by: "choice", ways: ["choice"] } as const;
    const server = openPage(interviewOf([question(1, { ...ways, ways: ["choice"], choices })]));
    await passNotice();
    await press(/envoyer ma réponse/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/choisissez une réponse/i);
    await user.click(screen.getByRole("checkbox", { name: "La nuit" }));
    await user.click(screen.getByRole("checkbox", { name: "Le matin" }));
    await press(/envoyer ma réponse/i);
    await heading(/réponse 1 reçue/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ chosen: [0, 2] });
  });

  it("by a file refuses one that is too large before it is sent", async () => {
    const server = openPage(interviewOf([question(1, { answer_by: "file", ways: ["file"] })]));
    await passNotice();
    const field = await screen.findByLabelText(/votre fichier/i);
    const large = new File(["x"], "cv.pdf", { type: "application/pdf" });
    Object.defineProperty(large, "size", { value: 11_000_000 });
    await user.upload(field, large);
    expect((await screen.findByRole("alert")).textContent).toMatch(/10 Mo/i);
    await user.upload(field, new File(["%PDF"], "cv.pdf", { type: "application/pdf" }));
    await press(/envoyer ma réponse/i);
    await heading(/réponse 1 reçue/i);
    expect(server.submitted.has(question(1).id)).toBe(true);
  });
});

describe("the pace of an interview", () => {
  it("is the candidate's own where preparation is a suggestion", async () => {
    const interview = interviewOf([question(1, { preparation_seconds: 0 })]);
    interview.campaign.preparation_mode = "soft";
    openPage(interview);
    await passNotice();
    await passDevices();
    expect(await screen.findByText(/commencez quand vous êtes prêt/i)).toBeTruthy();
    expect(screen.getByRole("timer")).toBeTruthy();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(screen.getByRole("button", { name: /commencer maintenant/i })).toBeTruthy();
  });

  it("has no clock for whoever was granted all the time they need", async () => {
    const accommodation = { time_percent: 100, no_limit: true, extra_takes: 0, instead: [] };
    openPage(interviewOf([question(1)], { accommodation }));
    await passNotice();
    await passDevices();
    await screen.findByRole("button", { name: /commencer maintenant/i });
    expect(screen.queryByRole("timer")).toBeNull();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer ma réponse/i });
    expect(screen.queryByRole("timer")).toBeNull();
    act(() => FakeRecorder.last?.give("x"));
    await press(/terminer ma réponse/i);
    await heading(/réponse 1 enregistrée/i);
  });
});

describe("going back", () => {
  it("changes an answer where the campaign allows it, or leaves it as it is", async () => {
    const interview = interviewOf([written(1), { ...written(2), position: 2 }]);
    interview.campaign.going_back = true;
    const server = openPage(interview);
    await passNotice();
    for (const words of ["un", "deux"]) {
      await user.type(await screen.findByRole("textbox"), words);
      await press(/envoyer ma réponse/i);
      await press(/question suivante|récapitulatif/i);
    }
    await heading(/vous voilà au bout/i);
    await press(/modifier ma réponse à la question 1/i);
    await press(/garder ma réponse/i);
    await heading(/vous voilà au bout/i);
    await press(/modifier ma réponse à la question 1/i);
    await user.type(await screen.findByRole("textbox"), "mieux");
    await press(/envoyer ma réponse/i);
    await press(/récapitulatif/i);
    await heading(/vous voilà au bout/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ written: "mieux" });
  });

  it("is not offered elsewhere", async () => {
    openPage(interviewOf([written(1)]));
    await passNotice();
    await user.type(await screen.findByRole("textbox"), "un");
    await press(/envoyer ma réponse/i);
    await press(/récapitulatif/i);
    await heading(/vous voilà au bout/i);
    expect(screen.queryByRole("button", { name: /modifier/i })).toBeNull();
  });
});

describe("the candidate's own page", () => {
  const completed = () => {
    const interview = interviewOf([question(1, { state: "answered" })], { view: "own_page" });
    interview.session = {
      ...interview.session,
      consented: true,
      status: "completed",
      confirmed_at: "2026-11-20T10:00:00Z",
    };
    interview.campaign = {
      ...interview.campaign,
      reply_by: "2026-12-04",
      questions_to_team: true,
    };
    interview.receipt = [
      {
        question_id: question(1).id,
        position: 1,
        upload: "u",
        sha256: "ab".repeat(32),
        bytes: 2_000_000,
        state: "ready",
        reason: null,
        reason_text: null,
        given_back: false,
        text: "Présentez-vous.",
        answer_kind: "recorded",
        written: "",
        chosen: [],
        file_name: "",
        submitted_at: "2026-11-20T10:00:00Z",
        url: "/api/recordings/x/",
      },
    ];
    return interview;
  };

  it("shows the receipt again after a reload: date, title, answers, download", async () => {
    openPage(completed());
    await heading(/votre entretien est transmis, nadia/i);
    expect(screen.getByText(/transmis le 20 novembre 2026/i)).toBeTruthy();
    expect(screen.getByText(/4 décembre 2026/i)).toBeTruthy();
    expect(screen.getByText("ab".repeat(32))).toBeTruthy();
    expect(screen.getByRole("button", { name: /télécharger mon reçu/i })).toBeTruthy();
    await press(/revoir ma réponse à la question 1/i);
    expect(screen.getByLabelText(/votre enregistrement/i)).toHaveAttribute(
      "src",
      "/api/recordings/x/",
    );
  });

  it("is there on a device that cannot record", async () => {
    openPage(completed(), { support: { ok: false, reason: "unsupported_browser" } });
    expect(await heading(/votre entretien est transmis/i)).toBeTruthy();
  });

  it("takes an opinion and a question to the team", async () => {
    const server = openPage(completed());
    await press(/donner mon avis/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/choisissez d’abord/i);
    await user.click(screen.getByRole("radio", { name: "Très bien" }));
    await press(/donner mon avis/i);
    expect(await screen.findByText(/merci pour votre avis/i)).toBeTruthy();
    expect(server.interview.session.satisfaction).toBe(5);
    const team = within(screen.getByRole("region", { name: /question à l’équipe/i }));
    await user.type(team.getByRole("textbox"), "Combien êtes-vous ?");
    await press(/envoyer ma question/i);
    expect(await screen.findByText(/votre question est transmise/i)).toBeTruthy();
    expect(server.interview.session.question_to_team).toBe("Combien êtes-vous ?");
  });

  it("lets the candidate withdraw, after asking once", async () => {
    const server = openPage(completed());
    await press(/retirer mon entretien/i);
    await press(/non, rester/i);
    expect(server.interview.session.status).toBe("completed");
    await press(/retirer mon entretien/i);
    await press(/oui, retirer/i);
    await heading(/vous avez retiré/i);
    expect(screen.queryByRole("button", { name: /retirer/i })).toBeNull();
  });
});

describe("two devices", () => {
  it("go on one at a time: here only when the candidate says so", async () => {
    const server = fakeServer(interviewOf([question(1)]));
    server.elsewhere = true;
    mocks.use(...server.handlers);
    showPage();
    await heading(/autre appareil/i);
    await press(/continuer ici/i);
    await heading(/bonjour nadia/i);
    expect(server.elsewhere).toBe(false);
  });

  it("hand over by a code that is shown as a picture and as an address", async () => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    await press(/activer ma caméra/i);
    await press(/continuer sur mon téléphone/i);
    expect(await screen.findByRole("img", { name: /code à scanner/i })).toBeTruthy();
    expect(screen.getByText(/#handover=abc/)).toBeTruthy();
    await press(/rester sur cet appareil/i);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("accept a code once, and say so when it is over", async () => {
    const server = openPage(interviewOf([question(1)]), { token: "handover=abc" });
    await heading(/bonjour nadia/i);
    expect(server.handedOver).toEqual(["abc"]);
  });

  it("tell who comes too late", async () => {
    openPage(interviewOf([question(1)]), { token: "handover=old" });
    expect(await heading(/ce code n’est plus valable/i)).toBeTruthy();
  });
});
