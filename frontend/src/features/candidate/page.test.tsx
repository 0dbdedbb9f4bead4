import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { FakeRecorder } from "@/recorder/test/fakeMedia";
import { server as mocks } from "@/test/server";

import {
  answer,
  forgetLink,
  heading,
  media,
  openPage,
  passDevices,
  passNotice,
  press,
  sha256,
  showPage,
  user,
} from "./test/driving";
import { fakeServer, interviewOf, question } from "./test/fakeServer";

describe("the way through an interview", () => {
  it("leads from the link to the receipt, and every answer arrives whole", async () => {
    const server = openPage(interviewOf([question(1), question(2, { mandatory: false })]));
    await heading(/bonjour nadia/i);
    expect(forgetLink).toHaveBeenCalledOnce();
    await passNotice();
    await heading(/testons votre caméra/i);
    await passDevices();
    await heading(/présentez-vous/i);
    await answer("first answer ");
    await heading(/réponse 1 enregistrée/i);
    await press(/question suivante/i);
    await heading(/racontez un projet/i);
    await press(/passer cette question/i);
    await press(/passer la question/i);
    await press(/voir le récapitulatif/i);
    await press(/transmettre mon entretien/i);
    await press(/oui, transmettre/i);
    await heading(/merci nadia, tout est arrivé/i);
    expect(server.completed).toBe(true);
    expect(server.consents).toEqual(["1"]);
    const submission = server.submitted.get(question(1).id);
    expect(submission).toMatchObject({ sha256: sha256("first answer end") });
    expect(new TextDecoder().decode([...server.files.values()][0])).toBe("first answer end");
    expect(screen.getByText(sha256("first answer end"))).toBeTruthy();
  });

  it("asks for consent before the camera, and says what is missing", async () => {
    const server = openPage(interviewOf([question(1)]));
    await press(/continuer/i);
    await press(/tester mon matériel/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/cochez/i);
    expect(server.consents).toEqual([]);
  });

  it("stays with an optional question when skipping was a slip", async () => {
    openPage(interviewOf([question(1, { mandatory: false })]));
    await passNotice();
    await passDevices();
    await press(/passer cette question/i);
    await press(/rester sur la question/i);
    expect(screen.queryByRole("dialog")).toBeNull();
    await answer("x");
    await heading(/réponse 1 enregistrée/i);
  });

  it("offers no way round a mandatory question", async () => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    await passDevices();
    await screen.findByRole("button", { name: /commencer maintenant/i });
    expect(screen.queryByRole("button", { name: /passer cette question/i })).toBeNull();
  });

  it("lets an answer be given again where the campaign allows it", async () => {
    const server = openPage(interviewOf([question(1, { takes_allowed: 2 })]));
    await passNotice();
    await passDevices();
    await answer("one ");
    await press(/refaire ma réponse/i);
    await answer("two ");
    await heading(/réponse 1 enregistrée/i);
    expect(screen.queryByRole("button", { name: /refaire/i })).toBeNull();
    await press(/récapitulatif/i);
    await press(/transmettre mon/i);
    await press(/oui/i);
    await heading(/tout est arrivé/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ sha256: sha256("two end") });
  });

  it("moves the focus to each new heading", async () => {
    openPage(interviewOf([question(1)]));
    const introduction = await heading(/bonjour/i);
    await waitFor(() => expect(introduction).toHaveFocus());
    await press(/continuer/i);
    const notice = await heading(/vos données/i);
    await waitFor(() => expect(notice).toHaveFocus());
  });
});

describe("the languages", () => {
  it("change with the choice, the direction included, and the server is told", async () => {
    const server = openPage(interviewOf([question(1)]));
    await heading(/bonjour nadia/i);
    await user.selectOptions(screen.getByRole("combobox", { name: /langue/i }), "ar");
    await heading(/مرحبًا/);
    await waitFor(() => expect(document.documentElement.dir).toBe("rtl"));
    await waitFor(() => expect(server.interview.session.language).toBe("ar"));
  });
});

describe("what can stand in the way", () => {
  it.each([
    [404, "link_unknown", /ne mène à aucun entretien/i],
    [410, "link_expired", /a expiré/i],
    [409, "session_completed", /déjà terminé/i],
    [410, "session_expired", /délai de cet entretien/i],
    [410, "campaign_closed", /est fermé/i],
    [409, "campaign_not_started", /pas encore ouvert/i],
    [500, "server_error", /n’a pas fonctionné/i],
    [503, "http_503", /connexion ne répond pas/i],
  ])(
    "%i %s has a page of its own, and the link stays in the address",
    async (status, code, words) => {
      const server = fakeServer(interviewOf([question(1)]));
      server.refuse.set("start_session", { status, code });
      mocks.use(...server.handlers);
      showPage();
      await heading(words);
      expect(forgetLink).not.toHaveBeenCalled();
    },
  );

  it("says how to come in when there is neither link nor cookie", async () => {
    const server = fakeServer(interviewOf([question(1)]));
    server.refuse.set("renew", { status: 401, code: "session_cookie_missing" });
    mocks.use(...server.handlers);
    showPage({ token: "" });
    expect(await heading(/ouvrez le lien/i)).toBeTruthy();
  });

  it("names a browser that cannot record", async () => {
    openPage(interviewOf([question(1)]), {
      support: { ok: false, reason: "unsupported_browser" },
    });
    expect(await heading(/ne peut pas enregistrer/i)).toBeTruthy();
  });

  it("waits while another tab holds the interview", async () => {
    const free = [false, true];
    openPage(interviewOf([question(1)]), { claimTab: async () => free.shift() ?? true });
    await heading(/autre onglet/i);
    await press(/réessayer/i);
    expect(await heading(/bonjour/i)).toBeTruthy();
  });

  it.each([
    ["NotAllowedError", /sont bloqués/i],
    ["NotReadableError", /déjà utilisé/i],
    ["SecurityError", /pas sécurisée/i],
    ["TypeError", /n’a pas démarré/i],
  ])("a camera that answers %s gets its advice and another try", async (name, words) => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    for (let sizes = 0; sizes < 3; sizes += 1) media.failNext(name);
    await press(/activer ma caméra/i);
    await heading(words);
    await press(/réessayer/i);
    // What is left of the three failures is spent here.
    while (screen.queryByRole("button", { name: /réessayer/i })) await press(/réessayer/i);
    expect(await screen.findByRole("button", { name: /passer à la question/i })).toBeTruthy();
  });

  it("keeps what was said when the camera is unplugged in mid-answer", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => FakeRecorder.last?.give("half an answer "));
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    await heading(/caméra s’est déconnectée/i);
    await waitFor(() =>
      expect(server.submitted.get(question(1).id)).toMatchObject({
        sha256: sha256("half an answer end"),
      }),
    );
    await press(/question suivante/i);
    await heading(/aucune caméra trouvée/i);
  });

  it("sends what a closed page had recorded, and goes on", async () => {
    const interview = interviewOf([question(1), question(2)]);
    const server = openPage(interview);
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => FakeRecorder.last?.give("before the crash"));
    await waitFor(() => expect([...server.files.values()][0]?.byteLength).toBe(16));
    cleanup();
    showPage({ token: "" });
    await heading(/testons votre caméra/i);
    expect(await screen.findByText(/a été coupée par la fermeture/i)).toBeTruthy();
    await waitFor(() =>
      expect(server.submitted.get(question(1).id)).toMatchObject({
        sha256: sha256("before the crash"),
      }),
    );
    await passDevices();
    await heading(/racontez un projet/i);
  });

  it("offers the recording as a file when it cannot be sent", async () => {
    const server = openPage(interviewOf([question(1)]));
    server.refuse.set("submit_response", { status: 404, code: "take_unknown" });
    await passNotice();
    await passDevices();
    await answer("kept");
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByRole("button", { name: /télécharger/i })).toBeTruthy();
    server.refuse.clear();
    await user.click(within(alert).getByRole("button", { name: /réessayer l’envoi/i }));
    await waitFor(() => expect(server.submitted.size).toBe(1));
  });
});
