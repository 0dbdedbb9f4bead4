import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { FakeRecorder } from "@/recorder/test/fakeMedia";

import {
  answer,
  heading,
  media,
  network,
  openPage,
  passDevices,
  passNotice,
  press,
  user,
} from "./test/driving";
import { interviewOf, question } from "./test/fakeServer";

const NO_ADDRESSES = { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined };

async function openDevices() {
  await passNotice();
  await press(/activer ma caméra/i);
  await screen.findByRole("button", { name: /passer à la question/i });
}

describe("the test of the equipment", () => {
  it("plays a sound, and says what to do where none is heard", async () => {
    openPage(interviewOf([question(1)]));
    await openDevices();
    await press(/écouter un son/i);
    expect(await screen.findByText(/deux notes/i)).toBeTruthy();
  });

  it("does not hold up who has no sound", async () => {
    openPage(interviewOf([question(1)]));
    await openDevices();
    vi.stubGlobal(
      "AudioContext",
      class {
        resume = () => Promise.reject(new Error("no output"));
        close = async () => undefined;
      },
    );
    await press(/écouter un son/i);
    expect(await screen.findByText(/n’a pas pu jouer de son/i)).toBeTruthy();
  });

  it("says how fast the line is, and how much the answers are", async () => {
    openPage(interviewOf([question(1), question(2)]));
    await openDevices();
    expect(await screen.findByText(/convient bien : environ .*\/s/i)).toBeTruthy();
    expect(screen.getByText(/36 mégaoctets au plus/i)).toBeTruthy();
  });

  it("keeps the choice not to see oneself from one question to the next", async () => {
    openPage(interviewOf([question(1), question(2)]));
    await openDevices();
    await user.click(screen.getByRole("checkbox", { name: /ne pas me voir/i }));
    await press(/passer à la question/i);
    expect(await screen.findByText(/votre image est masquée/i)).toBeTruthy();
    await answer("x");
    await press(/question suivante/i);
    await heading(/racontez/i);
    expect(screen.getByText(/votre image est masquée/i)).toBeTruthy();
  });
});

describe("practice", () => {
  it("records, plays and forgets an answer, and the server hears nothing of it", async () => {
    vi.stubGlobal("URL", Object.assign(URL, NO_ADDRESSES));
    const server = openPage(interviewOf([question(1)]));
    await openDevices();
    await press(/faire un essai/i);
    await heading(/un essai, pour vous seul/i);
    await press(/enregistrer un essai/i);
    await screen.findByRole("button", { name: /arrêter l’essai/i });
    act(() => FakeRecorder.last?.give("practice"));
    await press(/arrêter l’essai/i);
    expect(await screen.findByLabelText(/votre enregistrement/i)).toBeTruthy();
    await press(/recommencer l’essai/i);
    await press(/arrêter l’essai/i);
    await screen.findByLabelText(/votre enregistrement/i);
    await press(/passer à la question 1/i);
    await answer("in earnest ");
    await heading(/réponse 1 enregistrée/i);
    await waitFor(() => expect(server.submitted.size).toBe(1));
    expect(server.files.size).toBe(1);
  });

  it("says so where nothing was recorded, and leads back to the devices", async () => {
    openPage(interviewOf([question(1)]));
    await openDevices();
    await press(/faire un essai/i);
    FakeRecorder.mute = true;
    await press(/enregistrer un essai/i);
    await press(/arrêter l’essai/i);
    expect((await screen.findByRole("alert")).textContent).toMatch(/n’a rien enregistré/i);
    await press(/revenir au test/i);
    await heading(/testons votre caméra/i);
  });

  it("ends at the devices when the camera goes away", async () => {
    openPage(interviewOf([question(1)]));
    await openDevices();
    await press(/faire un essai/i);
    await press(/enregistrer un essai/i);
    await screen.findByRole("button", { name: /arrêter l’essai/i });
    act(() => void media.stream().tracks[0]?.dispatchEvent(new Event("ended")));
    expect(await heading(/aucune caméra/i)).toBeTruthy();
  });
});

describe("one's own take", () => {
  it("can be watched where the campaign allows it, also after the server has it", async () => {
    const interview = interviewOf([question(1), question(2)]);
    interview.campaign.review_own_take = true;
    const server = openPage(interview);
    vi.stubGlobal("URL", Object.assign(URL, NO_ADDRESSES));
    await passNotice();
    await passDevices();
    await answer("x");
    await heading(/réponse 1 enregistrée/i);
    await waitFor(() => expect(server.submitted.size).toBe(1));
    await waitFor(() => expect(screen.queryByText(/envoi de vos réponses/i)).toBeNull());
    await press(/revoir ma réponse/i);
    expect(await screen.findByLabelText(/votre enregistrement/i)).toBeTruthy();
    expect(screen.queryByText(/s’affichera dans/i)).toBeNull();
  });
});

describe("a connection that breaks", () => {
  it("is told of at the top of every screen, also where nothing is under way", async () => {
    openPage(interviewOf([question(1)]));
    await passNotice();
    act(() => void network.dispatchEvent(new Event("offline")));
    expect(await screen.findByText(/connexion est coupée. Rien n’est perdu/i)).toBeTruthy();
    act(() => void network.dispatchEvent(new Event("online")));
    expect(screen.queryByText(/connexion est coupée/i)).toBeNull();
    await passDevices();
  });
});
