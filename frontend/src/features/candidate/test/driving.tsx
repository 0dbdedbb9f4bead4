import "fake-indexeddb/auto";
import { createHash } from "node:crypto";

import { act, configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, vi } from "vitest";

import { I18nProvider, useCatalogue } from "@/lib/i18n";
import { checkSupport, type Support } from "@/recorder";
import { type FakeMedia, FakeRecorder, installMedia } from "@/recorder/test/fakeMedia";
import { server as mocks } from "@/test/server";

// Read before the first test: on a busy machine the parts that come later take their time.
import "../later";
import { loadCatalogue } from "../catalogue";
import { ControllerContext } from "../context";
import { InterviewApi } from "../model/api";
import { InterviewController } from "../model/controller";
import { EventLog } from "../model/eventLog";
import type { Interview } from "../model/types";
import { Page } from "../page";
import { type FakeServer, fakeServer, TOKEN } from "./fakeServer";

const SUPPORT: Support = checkSupport({
  isSecureContext: true,
  mediaDevices: { getUserMedia: () => Promise.reject(new Error("unused")) },
  MediaRecorder: { isTypeSupported: () => true },
  subtle: crypto.subtle,
});

// Whole ways through a page: a busy machine needs more than the usual second for a step.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 60_000 });

export let media: FakeMedia;
export let network: EventTarget;
export const forgetLink = vi.fn<() => void>();
export const user = userEvent.setup({ delay: null });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  media = installMedia();
  network = new EventTarget();
  forgetLink.mockClear();
});

interface Options {
  token?: string;
  support?: Support;
  claimTab?: () => Promise<boolean>;
  locks?: boolean;
}

function Root({ controller }: { controller: InterviewController }) {
  const language = useCatalogue("fr", loadCatalogue);
  if (!language.i18n) return null;
  return (
    <I18nProvider i18n={language.i18n} setLanguage={language.setLanguage}>
      <ControllerContext value={controller}>
        <Page />
      </ControllerContext>
    </I18nProvider>
  );
}

export function openPage(interview: Interview, options: Options = {}): FakeServer {
  const server = fakeServer(interview);
  mocks.use(...server.handlers);
  showPage(options);
  return server;
}

export function showPage({
  token = TOKEN,
  support = SUPPORT,
  claimTab = async () => true,
  locks = true,
}: Options = {}) {
  const controller = new InterviewController({
    api: new InterviewApi(token),
    log: new EventLog(),
    support,
    media: media.devices,
    claimTab,
    locks,
    fetchLater: () => import("../later"),
    forgetLink,
    network,
  });
  void controller.start();
  return { controller, ...render(<Root controller={controller} />) };
}

export const heading = (name: RegExp) => screen.findByRole("heading", { level: 1, name });
export const press = async (name: RegExp) =>
  user.click(await screen.findByRole("button", { name }));

/** Read the introduction and the notice, and agree. */
export async function passNotice() {
  await press(/continuer/i);
  await user.click(await screen.findByRole("checkbox"));
  await press(/tester mon matériel/i);
}

/** Open the devices and go to the question. */
export async function passDevices() {
  await press(/activer ma caméra/i);
  await press(/passer à la question/i);
}

/** Answer the question that is shown. */
export async function answer(text: string) {
  await press(/commencer maintenant/i);
  await screen.findByRole("button", { name: /terminer ma réponse/i });
  act(() => FakeRecorder.last?.give(text));
  await press(/terminer ma réponse/i);
}

/** Hand the interview in, from the summary. */
export async function handIn() {
  await press(/transmettre mon/i);
  await press(/oui, transmettre/i);
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
