import type { StopCause } from "@/recorder";

import type { Interview, Question, ReceiptRow, SessionInfo, Way } from "./types";

/** Pages that end the way, or halt it until something is mended. */
export const PROBLEMS = [
  "link_missing",
  "link_unknown",
  "link_expired",
  "link_revoked",
  "session_completed",
  "session_expired",
  "session_withdrawn",
  "session_elsewhere",
  "handover_expired",
  "campaign_closed",
  "campaign_not_started",
  "unsupported_browser",
  "insecure_page",
  "other_tab",
  "network",
  "unexpected",
] as const;
export type Problem = (typeof PROBLEMS)[number];

export type Step =
  | { name: "loading" }
  | { name: "problem"; problem: Problem }
  | { name: "introduction" }
  | { name: "notice" }
  | { name: "devices"; interrupted: string[] }
  | { name: "practice" }
  | { name: "opening"; questionId: string }
  | Preparing
  | { name: "writing"; questionId: string; way: Way }
  | { name: "answering"; questionId: string; endsAt: number | null }
  | { name: "between"; questionId: string; cause: EndCause }
  | { name: "own_page" }
  | { name: "summary"; interrupted?: string[] }
  | { name: "sending"; stage: SendingStage }
  | { name: "done"; receipt: ReceiptRow[] };

export interface Preparing {
  name: "preparing";
  questionId: string;
  way: Way;
  /** Null where there is no limit to it. */
  endsAt: number | null;
  /** The recording starts by itself when it is over. */
  auto: boolean;
}

/** How a question came to its end. */
export type EndCause = StopCause | "skipped" | "written";

/** Bytes on their way; the end being confirmed; everything there, and being checked. */
export type SendingStage = "sending" | "confirming" | "checking";

export interface Flow {
  interview: Interview | null;
  step: Step;
  /** Questions whose answer is kept on this device, whether or not the server has it yet. */
  kept: readonly string[];
}

export type FlowEvent =
  | { type: "loaded"; interview: Interview; kept: string[]; interrupted: string[] }
  | { type: "problem"; problem: Problem }
  | { type: "retry" }
  | { type: "language"; interview: Interview }
  | { type: "introduction_read" }
  | { type: "consented"; session: SessionInfo }
  | { type: "notice_changed"; interview: Interview }
  | { type: "devices_ready" }
  | { type: "devices_lost" }
  | { type: "practice" }
  | { type: "opened"; question: Question; way: Way; endsAt: number | null; auto: boolean }
  | { type: "way"; way: Way }
  | { type: "written" }
  | { type: "change"; questionId: string }
  | { type: "unchanged" }
  | { type: "own_page"; interview: Interview }
  | { type: "session"; session: SessionInfo }
  | { type: "answer_begun" }
  | { type: "answer_running"; endsAt: number }
  | { type: "answer_ended"; cause: StopCause }
  | { type: "answer_not_begun" }
  | { type: "skipped" }
  | { type: "go_on" }
  | { type: "again" }
  | { type: "record_again"; interview: Interview; questionId: string; devicesOpen: boolean }
  | { type: "kept_after_all"; questionId: string }
  | { type: "confirmed" }
  | { type: "sending"; stage: SendingStage }
  | { type: "not_completed" }
  | { type: "completed"; receipt: ReceiptRow[]; session: SessionInfo };

export const initialFlow: Flow = { interview: null, step: { name: "loading" }, kept: [] };

export function reduceFlow(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case "loaded":
      return loaded(flow, event);
    case "problem":
      return at(flow, { name: "problem", problem: event.problem });
    case "retry":
      return at(flow, { name: "loading" });
    case "language":
      return { ...flow, interview: event.interview };
    case "notice_changed":
      return { ...at(flow, { name: "notice" }), interview: event.interview };
    case "introduction_read":
      return at(flow, flow.interview?.session.consented ? entry(flow) : { name: "notice" });
    case "consented":
      return at(withInterview(flow, { session: event.session }), entry(flow));
    case "own_page":
      return { ...at(flow, { name: "own_page" }), interview: event.interview };
    case "session":
      return withInterview(flow, { session: event.session });
    case "change":
      return at(flow, { name: "opening", questionId: event.questionId });
    case "devices_ready":
      return at(flow, nextStep(flow));
    case "practice":
      return flow.step.name === "devices" ? at(flow, { name: "practice" }) : flow;
    case "devices_lost":
      return at(flow, toDevices);
    case "record_again":
      return recordAgain(flow, event);
    case "kept_after_all":
      return keep(flow, event.questionId);
    case "confirmed":
      return at(flow, { name: "sending", stage: "sending" });
    case "sending":
      return flow.step.name === "sending"
        ? at(flow, { name: "sending", stage: event.stage })
        : flow;
    case "not_completed":
      return at(flow, { name: "summary" });
    case "completed":
      return at(withInterview(flow, { session: event.session }), {
        name: "done",
        receipt: event.receipt,
      });
    default:
      return inQuestion(flow, event);
  }
}

type QuestionEvent = Extract<
  FlowEvent,
  {
    type:
      | "opened"
      | "way"
      | "written"
      | "unchanged"
      | "answer_begun"
      | "answer_running"
      | "answer_ended"
      | "answer_not_begun"
      | "skipped"
      | "go_on"
      | "again";
  }
>;

const toDevices: Step = { name: "devices", interrupted: [] };

/** What happens within one question. An event that comes late changes nothing. */
function inQuestion(flow: Flow, event: QuestionEvent): Flow {
  const { step } = flow;
  if (!("questionId" in step)) return flow;
  const { questionId } = step;
  switch (event.type) {
    case "opened":
      if (step.name !== "opening") return flow;
      return at(withQuestion(flow, event.question), opened(questionId, event));
    case "way":
      return at(flow, otherWay(step, event.way));
    case "written":
      return at(markAs(flow, questionId, "answered"), {
        name: "between",
        questionId,
        cause: "written",
      });
    case "unchanged":
      return at(flow, nextStep(flow));
    case "answer_begun":
      return step.name === "preparing"
        ? at(flow, { name: "answering", questionId, endsAt: null })
        : flow;
    case "answer_running":
      return step.name === "answering"
        ? at(countTake(flow, questionId), { name: "answering", questionId, endsAt: event.endsAt })
        : flow;
    case "answer_ended":
      return step.name === "answering"
        ? at(keep(flow, questionId), { name: "between", questionId, cause: event.cause })
        : flow;
    case "answer_not_begun":
      return step.name === "answering" ? at(flow, toDevices) : flow;
    case "skipped":
      return at(markAs(flow, questionId, "skipped"), {
        name: "between",
        questionId,
        cause: "skipped",
      });
    case "go_on":
      return step.name === "between" ? at(flow, nextStep(flow)) : flow;
    case "again":
      return step.name === "between" ? at(flow, { name: "opening", questionId }) : flow;
  }
}

type Opened = Extract<QuestionEvent, { type: "opened" }>;

/** Where an opened question is answered. */
function opened(questionId: string, { way, endsAt, auto }: Opened): Step {
  if (!isSpoken(way)) return { name: "writing", questionId, way };
  return { name: "preparing", questionId, way, endsAt, auto };
}

/** The candidate answers in another way: whoever comes from writing begins when they are ready. */
function otherWay(step: Extract<Step, { questionId: string }>, way: Way): Step {
  const { questionId } = step;
  if (step.name === "preparing" && isSpoken(way)) return { ...step, way };
  return opened(questionId, { type: "opened", way, endsAt: null, auto: false } as Opened);
}

function loaded(flow: Flow, event: Extract<FlowEvent, { type: "loaded" }>): Flow {
  const { interview, interrupted } = event;
  const spoilt = new Set(interview.questions.filter((one) => one.fault).map((one) => one.id));
  const kept = flow.kept.filter((id) => !spoilt.has(id));
  // What is on its way from this device comes after the fault that the server knows of.
  const known = event.kept.reduce(keep, { ...flow, interview, kept });
  if (!interview.session.consented) return at(known, { name: "introduction" });
  const untouched = interview.questions.every((one) => one.state === "pending" && !one.fault);
  if (untouched && known.kept.length === 0) return at(known, { name: "introduction" });
  if (!nextQuestion(known)) return at(known, { name: "summary", interrupted });
  const first = entry(known);
  return at(known, first.name === "devices" ? { name: "devices", interrupted } : first);
}

const at = (flow: Flow, step: Step): Flow => ({ ...flow, step });

const without = (ids: readonly string[], id: string) => ids.filter((one) => one !== id);

const keep = (flow: Flow, id: string): Flow => ({
  ...changeQuestion(flow, id, (question) => ({ ...question, fault: null })),
  kept: [...without(flow.kept, id), id],
});

type Again = Extract<FlowEvent, { type: "record_again" }>;

/** The answer does not count any more: its question comes again, after a test of the devices. */
function recordAgain(flow: Flow, { interview, questionId, devicesOpen }: Again): Flow {
  const open = { ...flow, interview, kept: without(flow.kept, questionId) };
  if (devicesOpen && flow.step.name !== "devices") return at(open, { name: "opening", questionId });
  const interrupted = "interrupted" in flow.step ? (flow.step.interrupted ?? []) : [];
  return at(open, { name: "devices", interrupted: without(interrupted, questionId) });
}

function withInterview(flow: Flow, change: Partial<Interview>): Flow {
  return flow.interview ? { ...flow, interview: { ...flow.interview, ...change } } : flow;
}

function changeQuestion(flow: Flow, id: string, change: (question: Question) => Question): Flow {
  const questions = flow.interview?.questions.map((one) => (one.id === id ? change(one) : one));
  return questions ? withInterview(flow, { questions }) : flow;
}

/** An answer that is there counts until another one takes its place. */
const withQuestion = (flow: Flow, question: Question) =>
  changeQuestion(flow, question.id, (before) => ({
    ...before,
    ...question,
    state: isAnswered(before) ? before.state : question.state,
  }));

export const isAnswered = ({ state }: Question) => state === "answered" || state === "skipped";

const countTake = (flow: Flow, id: string) =>
  changeQuestion(flow, id, (question) => ({ ...question, takes_used: question.takes_used + 1 }));

const markAs = (flow: Flow, id: string, state: Question["state"]) =>
  changeQuestion(flow, id, (question) => ({ ...question, state, fault: null }));

function nextStep(flow: Flow): Step {
  const next = nextQuestion(flow);
  return next ? { name: "opening", questionId: next.id } : { name: "summary" };
}

export const isSpoken = (way: Way) => way === "video" || way === "audio";

/** The way that a question is usually answered. */
export const usualWay = ({ ways }: Question): Way => ways[0] ?? "video";

/** Devices are tested only for an interview that needs them. */
function entry(flow: Flow): Step {
  const left = flow.interview?.questions.filter((one) => isLeft(flow, one)) ?? [];
  return left.some((one) => isSpoken(usualWay(one))) ? toDevices : nextStep(flow);
}

const isLeft = ({ kept }: Flow, { id, state }: Question) =>
  (state === "pending" || state === "open") && !kept.includes(id);

/** The first question that has neither an answer on the server nor one kept here. */
export function nextQuestion(flow: Flow): Question | undefined {
  return flow.interview?.questions.find((one) => isLeft(flow, one));
}

export function currentQuestion({ interview, step }: Flow): Question | undefined {
  if (!("questionId" in step)) return undefined;
  return interview?.questions.find((question) => question.id === step.questionId);
}

const NO_TAKE = new Set<EndCause>(["skipped", "written"]);

export function answerMs({ interview }: Flow, questionId: string): number {
  const question = interview?.questions.find(({ id }) => id === questionId);
  return (question?.answer_seconds ?? 0) * 1000;
}

/** Whether the answer just given may be given once more. */
export function mayTryAgain(flow: Flow): boolean {
  const { interview, step } = flow;
  const question = currentQuestion(flow);
  if (!interview || !question || step.name !== "between" || NO_TAKE.has(step.cause)) return false;
  return question.takes_used < question.takes_allowed;
}

/** What the page knows of questions and access outlives another reading of the interview. */
export function merged({ interview }: Flow, fresh: Interview): Interview {
  const texts = new Map(interview?.questions.map((one) => [one.id, one.text]));
  const questions = fresh.questions.map((one) => ({
    ...one,
    text: one.text ?? texts.get(one.id) ?? null,
  }));
  return { ...fresh, questions };
}

/** Minutes to plan for: preparation and answers, and half a minute around each. */
export function expectedMinutes(questions: readonly Question[]): number {
  const seconds = questions.reduce(
    (sum, question) => sum + question.preparation_seconds + question.answer_seconds + 30,
    120,
  );
  return Math.max(1, Math.round(seconds / 60));
}
