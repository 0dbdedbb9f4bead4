import { ApiError } from "@/api/errors";
import type { Language } from "@/lib/i18n";
import {
  backoffMs,
  type DeviceChoice,
  pause,
  RecordingStation,
  type RecordingFormat,
  type StopCause,
  type Support,
} from "@/recorder";
import type { Spool } from "@/recorder/delivery";

import { InterviewApi, type Submission } from "./api";
import type { EventLog } from "./eventLog";
import {
  type Flow,
  type FlowEvent,
  initialFlow,
  type Problem,
  PROBLEMS,
  reduceFlow,
  type Step,
} from "./flow";
import type { LeftBehind, Outbox } from "./outbox";
import type { Interview } from "./types";

type Later = Pick<typeof import("../later"), "Outbox" | "Spool">;

/** What comes back after a reload gets at least this long to look at the question again. */
const SETTLE_MS = 5000;
const QUICK_TRIES = 4;
const NOTHING_LEFT: LeftBehind = { kept: [], interrupted: [] };

export interface Surroundings {
  api: InterviewApi;
  log: EventLog;
  support: Support;
  media: MediaDevices;
  claimTab: (sessionId: string) => Promise<boolean>;
  /** Fetch what comes later, while the network is there. */
  fetchLater: () => Promise<Later>;
  /** The link has been used: it leaves the address bar. */
  forgetLink: () => void;
  network: EventTarget;
}

/** The interview, from the link to the receipt. Screens show its state and call its methods. */
export class InterviewController {
  readonly station: RecordingStation;
  private flow: Flow = initialFlow;
  private readonly listeners = new Set<() => void>();
  private box: Outbox | null = null;
  private spool: Spool | null = null;
  private claimed = false;
  private readonly life = new AbortController();

  constructor(private readonly around: Surroundings) {
    this.station = new RecordingStation(around.media, around.network);
    this.station.subscribe(() => this.followStation());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getFlow = (): Flow => this.flow;

  get outbox(): Outbox | null {
    return this.box;
  }

  now(): number {
    return this.around.api.clock.now();
  }

  /** Open the session. Called again after a problem that may have gone. */
  async start(): Promise<void> {
    this.dispatch({ type: "retry" });
    await this.guarded(async () => {
      const { api, log, support, claimTab, forgetLink } = this.around;
      const interview = await api.open();
      forgetLink();
      log.connect((events, keepalive) => api.log(events, keepalive));
      this.claimed ||= await claimTab(interview.session.id);
      if (!this.claimed) return this.fail("other_tab");
      if (!support.ok) return this.fail(support.reason);
      const left = interview.session.consented ? await this.openSpool(interview) : NOTHING_LEFT;
      this.dispatch({ type: "loaded", interview, ...left });
    });
  }

  introductionRead(): void {
    this.dispatch({ type: "introduction_read" });
  }

  /** The language of the server's own sentences. */
  speak(language: Language): void {
    this.around.api.speak(language);
  }

  async chooseLanguage(language: Language): Promise<void> {
    const { api } = this.around;
    this.speak(language);
    if (!this.flow.interview) return;
    try {
      this.dispatch({
        type: "language",
        interview: this.merged(await api.chooseLanguage(language)),
      });
    } catch (error) {
      // The words have changed already; only the notice stays in the earlier language.
      this.note("language_failed", error);
    }
  }

  async consent(): Promise<void> {
    const { interview } = this.flow;
    if (!interview) return;
    await this.guarded(async () => {
      try {
        const version = interview.notice.version;
        const { session } = await this.persistently(() => this.around.api.consent(version));
        await this.openSpool(interview);
        this.dispatch({ type: "consented", session });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "notice_outdated") throw error;
        this.dispatch({ type: "notice_changed", interview: await this.around.api.open() });
      }
    });
  }

  async openDevices(choice: DeviceChoice): Promise<void> {
    await this.station.open(choice);
    const { devices } = this.station.getState();
    this.around.log.add(devices.kind === "open" ? "devices_opened" : "devices_failed", {
      ...(devices.kind === "failed" ? { reason: devices.reason } : {}),
      ...this.openKinds(),
    });
  }

  async devicesReady(): Promise<void> {
    this.dispatch({ type: "devices_ready" });
    await this.openQuestion();
  }

  async goOn(): Promise<void> {
    this.dispatch({ type: "go_on" });
    if (this.flow.step.name !== "opening") return;
    if (this.station.getState().devices.kind === "open") await this.openQuestion();
    else this.dispatch({ type: "devices_lost" });
  }

  /** Take the answer just given once more, when the first one has arrived. */
  async tryAgain(): Promise<void> {
    const { step } = this.flow;
    if (step.name !== "between") return;
    this.dispatch({ type: "again" });
    await this.guarded(async () => {
      await this.box?.settled(step.questionId);
      await this.openQuestion();
    });
  }

  /** Preparation is over, or the candidate is ready before that. */
  async beginAnswer(): Promise<void> {
    const { step } = this.flow;
    if (step.name !== "preparing") return;
    this.dispatch({ type: "answer_begun" });
    await this.guarded(() => this.record(step.questionId));
  }

  async endAnswer(cause: StopCause): Promise<void> {
    await this.station.stop(cause);
  }

  async skip(): Promise<void> {
    const { step } = this.flow;
    if (step.name !== "preparing") return;
    await this.guarded(async () => {
      const submission: Submission = { question: step.questionId, skipped: true };
      await this.persistently(() => this.around.api.submit(submission));
      this.dispatch({ type: "skipped" });
    });
  }

  /** Send all that is left, then end the session. */
  async complete(): Promise<void> {
    this.dispatch({ type: "confirmed" });
    try {
      await this.box?.settled();
      const receipt = await this.persistently(() => this.around.api.complete(), Infinity);
      this.dispatch({ type: "completed", receipt });
      this.station.close();
      void this.around.log.flush();
    } catch (error) {
      this.note("completion_failed", error);
      if (isUploadFailure(error)) this.dispatch({ type: "not_completed" });
      else this.fail(problemOf(error));
    }
  }

  /** Open the device's store, and send what an earlier page left in it. */
  private async openSpool({ session, spool_key }: Interview): Promise<LeftBehind> {
    if (this.box) return NOTHING_LEFT;
    const { api, log, network } = this.around;
    const { Spool, Outbox } = await this.fetchLater();
    this.spool = await Spool.open(session.id, spool_key);
    this.station.spoolIs(this.spool.durable);
    this.box = new Outbox(api, this.spool, (kind, data) => log.add(kind, data), network);
    return this.box.resume();
  }

  private async fetchLater(): Promise<Later> {
    try {
      return await this.around.fetchLater();
    } catch {
      // Browsers word a file that did not come in many ways; it means the same.
      throw new ApiError(0, "network", "");
    }
  }

  private async openQuestion(): Promise<void> {
    const { step } = this.flow;
    if (step.name !== "opening") return;
    await this.guarded(async () => {
      const opened = await this.persistently(() => this.around.api.openQuestion(step.questionId));
      const planned = Date.parse(opened.preparation_ends_at);
      const endsAt = Math.max(planned, this.now() + SETTLE_MS);
      this.dispatch({ type: "opened", question: opened.question, endsAt });
    });
  }

  private async record(questionId: string): Promise<void> {
    const { api, support } = this.around;
    const { spool, box } = this;
    if (!spool || !box || !support.ok) return this.fail("unexpected");
    const { take, upload } = await this.persistently(() => api.openTake(questionId));
    const kept = await spool.create({
      takeId: take.id,
      questionId,
      uploadId: upload.id,
      mimeType: support.format.container,
    });
    kept.onChange(() => this.station.spoolIs(kept.durable));
    if (!(await this.begin(support.format, kept))) {
      await spool.remove(take.id);
      return this.dispatch({ type: "answer_not_begun" });
    }
    box.send(kept, upload);
    this.dispatch({ type: "answer_running", endsAt: this.now() + this.answerMs(questionId) });
    // A device may have gone in the meantime.
    this.followStation();
  }

  private async begin(format: RecordingFormat, sink: Parameters<RecordingStation["record"]>[1]) {
    this.station.leaveTake();
    const begun = await this.station.record(format, sink);
    this.around.log.add(begun ? "recording_started" : "recording_failed", {
      format: format.mimeType,
    });
    return begun;
  }

  private answerMs(questionId: string): number {
    const question = this.flow.interview?.questions.find(({ id }) => id === questionId);
    return (question?.answer_seconds ?? 0) * 1000;
  }

  /** A take that has stopped, for whatever cause, ends the answer. */
  private followStation(): void {
    const { recording, devices } = this.station.getState();
    const { step } = this.flow;
    if (step.name === "answering" && recording.kind === "stopped" && step.endsAt !== null) {
      this.around.log.add("recording_stopped", { cause: recording.cause });
      this.dispatch({ type: "answer_ended", cause: recording.cause });
    }
    if (step.name === "preparing" && devices.kind === "failed") {
      this.around.log.add("devices_lost", { reason: devices.reason });
      this.dispatch({ type: "devices_lost" });
    }
  }

  /** What the page knows of questions and access outlives a change of language. */
  private merged(fresh: Interview): Interview {
    const texts = new Map(this.flow.interview?.questions.map((one) => [one.id, one.text]));
    const questions = fresh.questions.map((one) => ({
      ...one,
      text: one.text ?? texts.get(one.id) ?? null,
    }));
    return { ...fresh, questions };
  }

  /** Which kinds are open; their labels may name their owner. */
  private openKinds(): Record<string, string> {
    const kinds = this.station.stream?.getTracks().map((track) => [track.kind, track.readyState]);
    return Object.fromEntries(kinds ?? []);
  }

  /** Ask again while the network is away; every call it is used for may be repeated. */
  private async persistently<T>(call: () => Promise<T>, tries = QUICK_TRIES): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ApiError) || !error.isUnreachable || failures >= tries) throw error;
        await pause(backoffMs(failures), this.life.signal, this.around.network);
      }
    }
  }

  private async guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.note("step_failed", error);
      this.fail(problemOf(error));
    }
  }

  /** Tell the log at once: the candidate is about to load the page again. */
  screenFailed(error: unknown): void {
    this.note("screen_failed", error);
    void this.around.log.flush();
  }

  private note(kind: string, error: unknown): void {
    const { step } = this.flow;
    const message = error instanceof Error ? error.message : String(error);
    this.around.log.add(kind, { step: step.name, message });
  }

  private fail(problem: Problem): void {
    this.around.log.add("problem_shown", { problem });
    this.dispatch({ type: "problem", problem });
  }

  private dispatch(event: FlowEvent): void {
    const before: Step = this.flow.step;
    this.flow = reduceFlow(this.flow, event);
    if (this.flow.step.name !== before.name) {
      this.around.log.add("step", { to: this.flow.step.name });
    }
    this.listeners.forEach((listener) => listener());
  }
}

const isUploadFailure = (error: unknown) =>
  error instanceof ApiError &&
  (error.code === "upload_failed" || error.code === "mandatory_missing");

/** The page that an error leads to. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return "unexpected";
  if (error.isUnreachable) return "network";
  if (error.code === "session_cookie_missing") return "link_missing";
  return PROBLEMS.find((problem) => problem === error.code) ?? "unexpected";
}
