import { ApiError, errorFrom } from "@/api/errors";
import type { Language } from "@/lib/i18n";
import type { UploadTicket } from "@/recorder";

import { ServerClock } from "./clock";
import { type Call, callToOpen, type Exchange, exchange, opensOnce } from "./exchange";
import type {
  Accommodation,
  Interview,
  OpenedQuestion,
  OpenedTake,
  PageEvent,
  ReceiptRow,
  SessionInfo,
} from "./types";

const RENEWABLE = new Set(["token_expired", "token_invalid"]);

/** The answer to a question: a finished upload, or the decision to skip it. */
export type Submission =
  | { question: string; upload: string; sha256?: string; duration_ms?: number }
  | { question: string; skipped: true }
  | { question: string; written: string }
  | { question: string; chosen: number[] };

/** What a page that is looked at is told again and again. */
export interface Pulse {
  lease_held: boolean;
  accommodation: Accommodation | null;
}

/** The way from one device to another. */
export interface Handover {
  url: string;
  expires_at: string;
}

/** What confirms the end. */
export interface Completed {
  session: SessionInfo;
  receipt: ReceiptRow[];
}

/** The candidate's endpoints. Keeps the access of the session, and renews it when it is over. */
export class InterviewApi {
  readonly clock = new ServerClock();
  private access = "";
  private sessionId = "";
  private language: Language = "fr";

  /** `opening`: the session's opening, if it was asked for already. */
  constructor(
    private linkToken: string,
    private opening?: Promise<Exchange>,
  ) {}

  speak(language: Language): void {
    this.language = language;
  }

  get hasLink(): boolean {
    return this.linkToken !== "";
  }

  /** Open the session by what the address held, or by its cookie after a reload. */
  async open(takeOver = false): Promise<Interview> {
    const begun = this.opening ?? exchange(callToOpen(this.linkToken, takeOver), this.language);
    // What comes later is asked for anew.
    delete this.opening;
    const interview = await this.read<Interview>(begun);
    if (opensOnce(this.linkToken)) this.linkToken = "";
    this.sessionId = interview.session.id;
    return this.admit(interview);
  }

  async chooseLanguage(language: Language): Promise<Interview> {
    return this.admit(await this.post<Interview>("language/", { language }));
  }

  consent(noticeVersion: string): Promise<{ session: SessionInfo }> {
    return this.post("consent/", { notice_version: noticeVersion });
  }

  openQuestion(question: string): Promise<OpenedQuestion> {
    return this.post("open_question/", { question });
  }

  openTake(question: string): Promise<OpenedTake> {
    return this.post("open_take/", { question });
  }

  async renewUpload(take: string): Promise<UploadTicket> {
    return (await this.post<{ upload: UploadTicket }>("renew_upload/", { take })).upload;
  }

  /** Have an attempt given back that this device spoilt; a repeat changes nothing. */
  reportFault(take: string, reason: string): Promise<unknown> {
    return this.post(`takes/${take}/report_fault/`, { reason });
  }

  submit(submission: Submission): Promise<unknown> {
    return this.post("submit_response/", submission);
  }

  submitFile(question: string, file: File): Promise<unknown> {
    const form = new FormData();
    form.set("question", question);
    form.set("file", file);
    return this.post("submit_response/", form);
  }

  heartbeat(): Promise<Pulse> {
    return this.post("heartbeat/", {});
  }

  handOver(): Promise<Handover> {
    return this.post("handover/", {});
  }

  withdraw(): Promise<{ session: SessionInfo }> {
    return this.post("withdraw/", {});
  }

  rate(score: number, comment: string): Promise<{ session: SessionInfo }> {
    return this.post("satisfaction/", { score, comment });
  }

  askTeam(text: string): Promise<{ session: SessionInfo }> {
    return this.post("question_to_team/", { text });
  }

  complete(): Promise<Completed> {
    return this.post("complete_session/", {});
  }

  async receipt(): Promise<ReceiptRow[]> {
    const call: Call = { path: this.inSession("receipt/"), method: "GET" };
    return (await this.renewing<{ receipt: ReceiptRow[] }>(call)).receipt;
  }

  /** `keepalive` lets the request outlive the page. */
  async log(events: PageEvent[], keepalive: boolean): Promise<void> {
    await this.renewing({ path: this.inSession("log/"), body: { events }, keepalive });
  }

  /** Send so many bytes that mean nothing, to measure the way. */
  async probe(bytes: number): Promise<void> {
    const events = [{ kind: "uplink_probed", at: new Date().toISOString(), data: { bytes } }];
    await this.post("log/", { events, padding: "0".repeat(bytes) });
  }

  private post<T>(action: string, body: unknown): Promise<T> {
    return this.renewing<T>({ path: this.inSession(action), body });
  }

  private inSession(action: string): string {
    return `${this.sessionId}/${action}`;
  }

  private admit(interview: Interview): Interview {
    // A change of language may answer without a new access.
    if (interview.access) this.access = interview.access;
    return interview;
  }

  private async renewing<T>(call: Call): Promise<T> {
    try {
      return await this.send<T>(call);
    } catch (error) {
      if (!(error instanceof ApiError) || !RENEWABLE.has(error.code)) throw error;
      await this.renew();
      return this.send<T>(call);
    }
  }

  private async renew(): Promise<void> {
    try {
      this.admit(await this.send<Interview>({ path: "renew/" }));
    } catch (error) {
      // Without its cookie the page still remembers the link it was opened by.
      if (!(error instanceof ApiError) || error.status !== 401 || !this.hasLink) throw error;
      await this.open();
    }
  }

  private send<T>(call: Call): Promise<T> {
    return this.read<T>(exchange(call, this.language, this.access));
  }

  private async read<T>(asked: Promise<Exchange>): Promise<T> {
    const { response, sentAt, receivedAt } = await asked;
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw errorFrom(response.status, answer);
    if (isTimed(answer)) this.clock.learn(answer.server_time, sentAt, receivedAt);
    return answer as T;
  }
}

const isTimed = (answer: unknown): answer is { server_time: string } =>
  typeof answer === "object" && answer !== null && "server_time" in answer;
