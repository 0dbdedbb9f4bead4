import { ApiError } from "@/api/errors";
import type { Language } from "@/lib/i18n";
import { type DeviceChoice, RecordingStation, type StopCause } from "@/recorder";

import type { Submission } from "./api";
import { persistently, untilAnswered } from "./asking";
import { DeviceKeep, NOTHING_LEFT } from "./deviceKeep";
import { isRevoked } from "./failure";
import {
  answerMs,
  currentQuestion,
  type Flow,
  type FlowEvent,
  initialFlow,
  isSpoken,
  merged,
  type Problem,
  reduceFlow,
  type Step,
  usualWay,
} from "./flow";
import type { LeftBehind, Outbox } from "./outbox";
import type { Helpers } from "./helpers";
import type { Host } from "./host";
import { isUploadFailure, problemOf } from "./problems";
import type { Opening } from "./opening";
import type { OwnAffairs } from "./ownAffairs";
import type { Retakes } from "./retakes";
import type { Surroundings } from "./surroundings";
import type { Writing } from "./writing";
import type { Interview } from "./types";

/** The interview, from the link to the receipt. Screens show its state and call its methods. */
export class InterviewController {
  readonly station: RecordingStation;
  private flow: Flow = initialFlow;
  private readonly listeners = new Set<() => void>();
  private readonly keep: DeviceKeep;
  private claimed = false;
  hidesSelf = false;

  private helpers: Helpers | null = null;

  constructor(private readonly around: Surroundings) {
    this.station = new RecordingStation(around.media, around.network);
    this.keep = new DeviceKeep(around, this.station, () => {
      this.keep.leave();
      this.lostTo("other_tab");
    });
    this.station.subscribe(() => this.followStation());
  }

  get opening(): Opening {
    return this.helper.opening;
  }

  get retakes(): Retakes {
    return this.helper.retakes;
  }

  get writing(): Writing {
    return this.helper.writing;
  }

  get own(): OwnAffairs {
    return this.helper.own;
  }

  private get helper(): Helpers {
    if (!this.helpers) throw new Error("before the consent");
    return this.helpers;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getFlow = (): Flow => this.flow;

  get outbox(): Outbox | null {
    return this.keep.outbox;
  }

  /** Chosen once for the whole interview: seeing oneself can distract. */
  hideSelf(hides: boolean): void {
    this.hidesSelf = hides;
  }

  now(): number {
    return this.around.api.clock.now();
  }

  /** Open the session. Called again after a problem that may have gone. */
  async start(takeOver = false): Promise<void> {
    this.dispatch({ type: "retry" });
    await this.guarded(async () => {
      const { api, log, support, claimTab, forgetLink } = this.around;
      const interview = await api.open(takeOver);
      forgetLink();
      log.connect((events, keepalive) => api.log(events, keepalive));
      this.claimed ||= await claimTab(interview.session.id);
      if (interview.view === "own_page") return this.showOwnPage(interview);
      if (!this.claimed) {
        await this.keep.peek(interview);
        return this.fail("other_tab");
      }
      if (!support.ok) return this.fail(support.reason);
      const left = interview.session.consented ? await this.openSpool(interview) : NOTHING_LEFT;
      this.dispatch({ type: "loaded", interview, ...left });
      await this.helpers?.opening.openQuestion();
    });
  }

  /** Nothing is recorded any more; what this device still keeps is sent all the same. */
  private async showOwnPage(interview: Interview): Promise<void> {
    await this.equip();
    if (this.claimed && interview.session.consented) await this.openSpool(interview);
    this.helpers?.presence.end();
    this.dispatch({ type: "own_page", interview });
  }

  /** Read again what the server grants; where it does not answer, what is known holds. */
  async refresh(): Promise<void> {
    const fresh = await this.around.api.open().catch(() => null);
    if (fresh?.view !== "interview") return;
    this.dispatch({ type: "language", interview: merged(this.flow, fresh) });
  }

  introductionRead(): void {
    this.dispatch({ type: "introduction_read" });
    void this.helpers?.opening.openQuestion();
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
        interview: merged(this.flow, await api.chooseLanguage(language)),
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
        await this.opening.openQuestion();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "notice_outdated") throw error;
        this.dispatch({ type: "notice_changed", interview: await this.around.api.open() });
      }
    });
  }

  async openDevices(choice: DeviceChoice): Promise<void> {
    this.opening.choice = choice;
    await this.station.open(choice);
    const { devices } = this.station.getState();
    this.around.log.add(devices.kind === "open" ? "devices_opened" : "devices_failed", {
      ...(devices.kind === "failed" ? { reason: devices.reason } : {}),
      ...this.openKinds(),
    });
    if (devices.kind === "open") this.keep.attendant?.devicesOpened();
  }

  /** Go on to the next question; by way of the devices, where they are not open. */
  async toNext(): Promise<void> {
    const isOpen = this.station.getState().devices.kind === "open";
    await (isOpen ? this.devicesReady() : this.openDevices(this.opening.choice));
  }

  async devicesReady(): Promise<void> {
    this.dispatch({ type: "devices_ready" });
    await this.opening.openQuestion();
  }

  async goOn(): Promise<void> {
    this.dispatch({ type: "go_on" });
    if (this.flow.step.name !== "opening") return;
    const next = currentQuestion(this.flow);
    const isReady = this.station.getState().devices.kind === "open";
    if (isReady || (next && !isSpoken(usualWay(next)))) await this.opening.openQuestion();
    else this.dispatch({ type: "devices_lost" });
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

  /** Send all that is left, end the session, and wait until the server has checked everything. */
  async complete(): Promise<void> {
    const { api, network } = this.around;
    this.dispatch({ type: "confirmed" });
    try {
      await this.outbox?.settled();
      this.dispatch({ type: "sending", stage: "confirming" });
      const completed = await untilAnswered(network, () => api.complete());
      this.dispatch({ type: "sending", stage: "checking" });
      this.station.close();
      await this.outbox?.checked();
      const spoilt = this.outbox?.getItems().some((item) => item.failure?.givenBack);
      this.dispatch(spoilt ? { type: "not_completed" } : { type: "completed", ...completed });
      void this.around.log.flush();
    } catch (error) {
      this.note("completion_failed", error);
      if (isUploadFailure(error)) this.dispatch({ type: "not_completed" });
      else this.fail(this.problemOf(error));
    }
  }

  private async equip(): Promise<Helpers> {
    const { Helpers } = await this.keep.fetchLater();
    this.helpers ??= new Helpers(this.host(), {
      station: this.station,
      attendant: () => this.keep.attendant,
      openDevices: (choice) => this.openDevices(choice),
      followStation: () => this.followStation(),
      onElsewhere: () => this.lostTo("session_elsewhere"),
      onGranted: () => this.refresh(),
    });
    return this.helpers;
  }

  private host(): Host {
    return {
      api: this.around.api,
      flow: this.getFlow,
      outbox: () => this.outbox,
      devicesOpen: () => this.station.getState().devices.kind === "open",
      dispatch: (event) => this.dispatch(event),
      guarded: (act) => this.guarded(act),
      persistently: (call) => this.persistently(call),
      openQuestion: () => this.opening.openQuestion(),
    };
  }

  /** Open the device's store, and send what an earlier page left in it. */
  private async openSpool(interview: Interview): Promise<LeftBehind> {
    (await this.equip()).presence.begin();
    const isFirst = !this.keep.isOurs;
    const left = await this.keep.resume(interview);
    this.station.spoolIs(this.keep.spool?.durable ?? false);
    if (isFirst) this.outbox?.subscribe(() => this.followOutbox());
    return left;
  }

  private async record(questionId: string): Promise<void> {
    const { api, support } = this.around;
    const { spool, outbox } = this.keep;
    if (!spool || !outbox || !support.ok) return this.fail("unexpected");
    const { take, upload } = await this.persistently(() => api.openTake(questionId));
    const kept = await spool.create({
      takeId: take.id,
      questionId,
      uploadId: upload.id,
      mimeType: support.format.container,
    });
    kept.onChange(() => this.station.spoolIs(kept.durable));
    if (!(await this.begin(kept))) {
      await spool.remove(take.id);
      return this.dispatch({ type: "answer_not_begun" });
    }
    outbox.send(kept, upload);
    this.keep.mind(kept);
    this.dispatch({ type: "answer_running", endsAt: this.now() + answerMs(this.flow, questionId) });
    // A device may have gone in the meantime.
    this.followStation();
  }

  private async begin(sink: Parameters<RecordingStation["record"]>[0]): Promise<boolean> {
    this.station.leaveTake();
    const begun = await this.station.record(sink);
    if (!begun) this.around.log.add("recording_failed");
    return begun;
  }

  /** Another page, or another device, goes on in this one's place. */
  private lostTo(problem: "other_tab" | "session_elsewhere"): void {
    this.helpers?.presence.end();
    void this.station.stop("recorder_error").then(() => this.station.close());
    this.fail(problem);
  }

  /** A take that has stopped, for whatever cause, ends the answer. */
  private followStation(): void {
    const { recording, devices } = this.station.getState();
    const { step } = this.flow;
    if (step.name === "answering" && recording.kind === "stopped" && step.endsAt !== null) {
      this.around.log.add("recording_stopped", { cause: recording.cause });
      this.dispatch({ type: "answer_ended", cause: recording.cause });
      this.followOutbox();
    }
    if ((step.name === "preparing" || step.name === "practice") && devices.kind === "failed") {
      this.around.log.add("devices_lost", { reason: devices.reason });
      this.dispatch({ type: "devices_lost" });
    }
  }

  /** A link that was withdrawn ends the way, but not in the middle of an answer. */
  private followOutbox(): void {
    const { step } = this.flow;
    const revoked = this.outbox?.getItems().some((item) => item.failure?.code === "link_revoked");
    const busy = step.name === "answering" || step.name === "problem" || step.name === "done";
    if (revoked && !busy) this.fail("link_revoked");
  }

  /** Which kinds are open; their labels may name their owner. */
  private openKinds(): Record<string, string> {
    const kinds = this.station.stream?.getTracks().map((track) => [track.kind, track.readyState]);
    return Object.fromEntries(kinds ?? []);
  }

  private persistently<T>(call: () => Promise<T>): Promise<T> {
    return persistently(this.around.network, call);
  }

  private async guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.note("step_failed", error);
      this.fail(this.problemOf(error));
    }
  }

  private problemOf(error: unknown): Problem {
    const revoked = error instanceof ApiError && isRevoked(error.code);
    return revoked && this.keep.isOurs ? "link_revoked" : problemOf(error);
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
    // Elsewhere it goes on: here the camera is let go.
    if (problem === "session_elsewhere") this.station.close();
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
