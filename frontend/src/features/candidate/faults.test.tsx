import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { SpooledTake } from "@/recorder/delivery";
import { FakeRecorder } from "@/recorder/test/fakeMedia";

import {
  answer,
  handIn,
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
import { type FakeServer, interviewOf, question } from "./test/fakeServer";

/** Leave a question as the server does whose recording a fault spoilt. */
function spoil(server: FakeServer, position: number, reason: string) {
  const { id } = question(position);
  const fault = { take: `take-${id}-1`, upload: `up-${id}-1`, reason, reason_text: `${reason}.` };
  server.interview.questions = server.interview.questions.map((one) =>
    one.id === id ? { ...one, state: "pending", takes_used: 0, fault } : one,
  );
}

function wasLeaveWarned(): boolean {
  const leaving = new Event("beforeunload", { cancelable: true });
  dispatchEvent(leaving);
  return leaving.defaultPrevented;
}

describe("when a technical fault spoils an answer", () => {
  it("asks for it again after the end, and is done once it is checked", async () => {
    const server = openPage(interviewOf([question(1)]));
    await passNotice();
    await passDevices();
    const upload = `up-${question(1).id}-1`;
    server.found.set(upload, { state: "failed", reason: "crashed", given_back: true });
    await answer("first ");
    await press(/récapitulatif/i);
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(/Because: crashed\..*ne compte pas/);
    expect(within(alert).getByRole("button", { name: /télécharger/i })).toBeTruthy();
    spoil(server, 1, "crashed");
    await press(/enregistrer de nouveau/i);
    await answer("second ");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/tout est arrivé/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({ sha256: sha256("second end") });
  });

  it("says why, and leads to the question, when the candidate comes back by the letter", async () => {
    const interview = interviewOf([question(1, { state: "answered" }), question(2)]);
    interview.session = { ...interview.session, consented: true, confirmed_at: "2026-11-20" };
    const server = openPage(interview);
    spoil(server, 2, "missing");
    await heading(/testons votre caméra/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/question 2.*missing/);
    await press(/activer ma caméra/i);
    await press(/passer à la question 2/i);
    await answer("again ");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/tout est arrivé/i);
  });

  it("offers another attempt that does not count when a device went away", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => FakeRecorder.last?.give("half "));
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    await press(/refaire ma réponse/i);
    await waitFor(() => expect([...server.faults.values()]).toEqual(["camera_ended"]));
    expect(await screen.findByRole("button", { name: /garder ce qui est/i })).toBeTruthy();
    await press(/réessayer/i);
    await press(/passer à la question 1/i);
    await answer("whole ");
    await heading(/réponse 1 enregistrée/i);
    await waitFor(() =>
      expect(server.submitted.get(question(1).id)).toMatchObject({ sha256: sha256("whole end") }),
    );
  });

  it("lets what was recorded count after all", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => FakeRecorder.last?.give("half "));
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    await press(/refaire ma réponse/i);
    await press(/garder ce qui est/i);
    await press(/réessayer/i);
    await press(/passer à la question 2/i);
    await heading(/racontez un projet/i);
    expect(server.submitted.get(question(1).id)).toMatchObject({
      upload: `up-${question(1).id}-1`,
    });
  });

  it("lets an answer be given again that the closing of the page cut short", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => FakeRecorder.last?.give("before the crash"));
    await waitFor(() => expect([...server.files.values()][0]?.byteLength).toBe(16));
    cleanup();
    showPage({ token: "" });
    await press(/refaire ma réponse à la question 1/i);
    await waitFor(() => expect([...server.faults.values()]).toEqual(["page_ended"]));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(/interrompue.*vous avez choisi de la refaire/i);
    expect(alert.textContent).not.toMatch(/technique/i);
    await user.click(within(alert).getByRole("button", { name: /enregistrer de nouveau/i }));
    await press(/passer à la question 1/i);
    await answer("from the start ");
    await heading(/réponse 1 enregistrée/i);
  });

  it("offers no further attempt where none is believed any more", async () => {
    openPage(interviewOf([question(1, { retakes_left: 0 }), question(2)]));
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer/i });
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    await heading(/caméra s’est déconnectée/i);
    expect(screen.queryByRole("button", { name: /refaire/i })).toBeNull();
  });
});

describe("the end", () => {
  it("is confirmed once more when its answer was lost, and never shown as failed", async () => {
    const server = openPage(interviewOf([question(1)]));
    server.loseAnswers.set("submit_response", 1);
    server.loseAnswers.set("complete_session", 2);
    await passNotice();
    await passDevices();
    await answer("x");
    await press(/récapitulatif/i);
    await handIn();
    expect(screen.queryByRole("alert")).toBeNull();
    await heading(/tout est arrivé/i);
    expect(server.completed).toBe(true);
  });

  it("is shown as done only when the server has checked everything", async () => {
    const server = openPage(interviewOf([question(1)]));
    const upload = `up-${question(1).id}-1`;
    server.found.set(upload, { state: "received", reason: "", given_back: false });
    await passNotice();
    await passDevices();
    await answer("x");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/toutes vos réponses sont arrivées/i);
    expect(server.completed).toBe(true);
    expect(wasLeaveWarned()).toBe(false);
    server.found.delete(upload);
    await heading(/tout est arrivé/i);
  });

  it("warns who leaves before it is confirmed", async () => {
    const server = openPage(interviewOf([question(1)]));
    await passNotice();
    await passDevices();
    await answer("x");
    await press(/récapitulatif/i);
    await waitFor(() => expect(server.submitted.size).toBe(1));
    await waitFor(() => expect(wasLeaveWarned()).toBe(false));
    server.refuse.set("complete_session", { status: 503, code: "http_503" });
    await handIn();
    await heading(/arrivent/i);
    expect(wasLeaveWarned()).toBe(true);
    server.refuse.clear();
    await heading(/tout est arrivé/i);
  });
});

describe("a receipt that is refused for good", () => {
  it("is not waited for: the end is confirmed, and says what it does not know", async () => {
    const server = openPage(interviewOf([question(1)]));
    const unchecked = { state: "received", reason: "", given_back: false };
    server.found.set(`up-${question(1).id}-1`, unchecked);
    server.refuse.set("receipt", { status: 404, code: "not_found" });
    await passNotice();
    await passDevices();
    await answer("x");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/tout est arrivé/i);
    expect(screen.getByText(/transmis le/i)).toBeTruthy();
    expect(screen.getByText(/nous vous écrirons si une réponse/i)).toBeTruthy();
    expect(screen.queryByText(/vérification en cours/i)).toBeNull();
    expect(screen.getByRole("button", { name: /télécharger mon reçu/i })).toBeTruthy();
  });
});

describe("an answer that the device cannot read any more", () => {
  it("can be given again although no other attempt is left, and holds the page", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    const unreadable = vi.spyOn(SpooledTake.prototype, "read");
    unreadable.mockRejectedValue(new DOMException("gone", "NotReadableError"));
    await passNotice();
    await passDevices();
    await answer("lost");
    const alert = await screen.findByRole("alert");
    expect(screen.queryByText(/s’affichera dans/i)).toBeNull();
    unreadable.mockRestore();
    await user.click(within(alert).getByRole("button", { name: /enregistrer de nouveau/i }));
    await answer("second ");
    await waitFor(() =>
      expect(server.submitted.get(question(1).id)).toMatchObject({ sha256: sha256("second end") }),
    );
  });
});

describe("a link that is withdrawn on the way", () => {
  it("has a page of its own, with the recordings", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    await passNotice();
    await passDevices();
    for (const action of ["start_session", "submit_response", "renew"]) {
      server.refuse.set(action, { status: 401, code: "token_invalid" });
    }
    await answer("kept");
    await heading(/lien a été remplacé/i);
    expect(await screen.findByRole("button", { name: /télécharger.*question 1/i })).toBeTruthy();
  });
});

describe("a session whose time is over on the way", () => {
  it("keeps what was handed in, and lets it be saved", async () => {
    const server = openPage(interviewOf([question(1)]));
    const unchecked = { state: "received", reason: "", given_back: false };
    server.found.set(`up-${question(1).id}-1`, unchecked);
    server.refuse.set("complete_session", { status: 410, code: "session_expired" });
    await passNotice();
    await passDevices();
    await answer("in time ");
    await press(/récapitulatif/i);
    await handIn();
    await heading(/délai de cet entretien/i);
    expect(await screen.findByRole("button", { name: /télécharger.*question 1/i })).toBeTruthy();
    expect(server.submitted.get(question(1).id)).toMatchObject({ sha256: sha256("in time end") });
  });
});

describe("beside another tab", () => {
  it("what this device keeps can be saved", async () => {
    const server = openPage(interviewOf([question(1), question(2)]));
    server.refuse.set("submit_response", { status: 503, code: "http_503" });
    await passNotice();
    await passDevices();
    await answer("kept");
    showPage({ token: "", claimTab: async () => false });
    await heading(/autre onglet/i);
    expect(await screen.findByRole("button", { name: /télécharger.*question 1/i })).toBeTruthy();
    server.refuse.clear();
  });
});
