import { act, screen, waitFor } from "@testing-library/react";
import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";

import { FakeRecorder } from "@/recorder/test/fakeMedia";
import { server as mocks } from "@/test/server";

import {
  answer,
  heading,
  media,
  network,
  openPage,
  passDevices,
  passNotice,
  press,
  showPage,
} from "./test/driving";
import { interviewOf, question } from "./test/fakeServer";

const PARTS = ["storage", "connection", "permissions"] as const;

/** Give the browser a part that jsdom lacks. */
function browserHas(part: (typeof PARTS)[number], value: object): void {
  Object.defineProperty(navigator, part, { value, configurable: true });
}

afterEach(() => PARTS.forEach((part) => void Reflect.deleteProperty(navigator, part)));

describe("an answer in sound alone", () => {
  it("is offered where there is no camera, asked about, and recorded without a picture", async () => {
    const server = openPage(interviewOf([question(1)]));
    await passNotice();
    media.failNext("NotFoundError");
    vi.spyOn(media.devices, "enumerateDevices").mockResolvedValue([
      { kind: "audioinput", deviceId: "audio", label: "Micro" } as MediaDeviceInfo,
    ]);
    await press(/activer ma caméra/i);
    await heading(/aucune caméra/i);
    await press(/continuer avec le son seul/i);
    await heading(/continuer avec le son seul/i);
    expect(screen.getByText(/vous entendra, mais ne vous verra pas/i)).toBeTruthy();
    await press(/oui, le son seul/i);
    await heading(/testons votre micro/i);
    await screen.findByText(/aucune image n’est enregistrée/i);
    await press(/passer à la question/i);
    expect(await screen.findByText(/1 mégaoctet au plus/i)).toBeTruthy();
    await answer("words alone ");
    await heading(/réponse 1 enregistrée/i);
    expect(FakeRecorder.last?.options.mimeType).toBe("audio/webm;codecs=opus");
    await waitFor(() => expect(server.submitted.size).toBe(1));
  });

  it("is not offered to who refuses the camera", async () => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    media.failNext("NotAllowedError");
    await press(/activer ma caméra/i);
    await heading(/sont bloqués/i);
    expect(screen.queryByRole("button", { name: /son seul/i })).toBeNull();
  });

  it("is offered when the camera fails twice, and the camera is a button away", async () => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    for (let sizes = 0; sizes < 6; sizes += 1) media.failNext("NotReadableError");
    await press(/activer ma caméra/i);
    await heading(/déjà utilisé/i);
    expect(screen.queryByRole("button", { name: /son seul/i })).toBeNull();
    await press(/réessayer/i);
    await press(/continuer avec le son seul/i);
    await press(/oui, le son seul/i);
    await press(/utiliser finalement une caméra/i);
    expect(await screen.findByLabelText(/votre image/i)).toBeTruthy();
  });
});

async function comeToFirstQuestion() {
  openPage(interviewOf([question(1), question(2)]));
  await passNotice();
  await passDevices();
  await heading(/présentez-vous/i);
}

describe("before an answer", () => {
  it("the page says how much it takes", async () => {
    await comeToFirstQuestion();
    expect(await screen.findByText(/18 mégaoctets au plus/i)).toBeTruthy();
  });

  it("the page warns of a device that is nearly full", async () => {
    browserHas("storage", { estimate: async () => ({ quota: 1_000_000, usage: 0 }) });
    await comeToFirstQuestion();
    expect(await screen.findByText(/presque plein/i)).toBeTruthy();
  });

  it("the page warns of a slow and metered line, and plans a smaller picture", async () => {
    browserHas("connection", { saveData: true });
    await comeToFirstQuestion();
    expect(await screen.findByText(/avec une image plus petite/i)).toBeTruthy();
    expect(screen.getByText(/consomme vos données/i)).toBeTruthy();
    expect(screen.getByText(/7 mégaoctets au plus/i)).toBeTruthy();
  });
});

describe("during an answer", () => {
  it("the page tells on the return that it was left, and what that means", async () => {
    const interview = interviewOf([question(1)]);
    openPage(interview);
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer ma réponse/i });
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    vi.spyOn(document, "hidden", "get").mockReturnValue(false);
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(await screen.findByText(/l’enregistrement a continué/i)).toBeTruthy();
    act(() => void document.dispatchEvent(new Event("freeze")));
    expect(await screen.findByText(/peut manquer/i)).toBeTruthy();
  });

  it("the page says that the recording goes on when the connection is down", async () => {
    await comeToFirstQuestion();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer ma réponse/i });
    act(() => FakeRecorder.last?.give("bonjour"));
    act(() => void network.dispatchEvent(new Event("offline")));
    expect(await screen.findByText(/^la connexion est coupée/i)).toBeTruthy();
    expect(screen.getByText(/l’enregistrement se poursuit/i)).toBeTruthy();
  });

  it("a permission taken back ends it with what there is, and says how to go on", async () => {
    browserHas("permissions", { query: async () => ({ state: "denied" }) });
    await comeToFirstQuestion();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer ma réponse/i });
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    await heading(/autorisation d’enregistrer a été retirée/i);
    await press(/question suivante/i);
    expect(await heading(/sont bloqués/i)).toBeTruthy();
  });
});

describe("a second page without Web Locks", () => {
  it("takes over from one that stood still, which sends nothing more", async () => {
    const interview = interviewOf([question(1)]);
    openPage(interview, { locks: false });
    await passNotice();
    await passDevices();
    await press(/commencer maintenant/i);
    await screen.findByRole("button", { name: /terminer ma réponse/i });
    const database = await openDB("jobgate-pages", 1);
    await database.put("beats", { sessionId: interview.session.id, page: "other", at: 1 });
    database.close();
    await heading(/autre onglet/i);
    const sent = vi.fn<(method: string) => void>();
    mocks.events.on("request:start", ({ request }) => sent(request.method));
    act(() => FakeRecorder.last?.give("too late"));
    act(() => void globalThis.dispatchEvent(new Event("online")));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(sent).not.toHaveBeenCalledWith("PATCH");
    mocks.events.removeAllListeners();
  });

  it("leaves a live interview alone", async () => {
    const interview = interviewOf([question(1)]);
    interview.session = { ...interview.session, consented: true };
    openPage(interview);
    await heading(/bonjour/i);
    showPage({ locks: false });
    expect(
      await screen.findByRole("heading", { level: 1, name: /autre onglet/i }, { timeout: 9000 }),
    ).toBeTruthy();
  });
});
