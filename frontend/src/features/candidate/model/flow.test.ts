import { describe, expect, it } from "vitest";

import { interviewOf, question } from "../test/fakeServer";
import {
  expectedMinutes,
  type Flow,
  type FlowEvent,
  initialFlow,
  mayTryAgain,
  nextQuestion,
  reduceFlow,
} from "./flow";
import type { Interview } from "./types";

const after = (flow: Flow, ...events: FlowEvent[]) => events.reduce(reduceFlow, flow);

function begun(interview: Interview, kept: string[] = [], interrupted: string[] = []): Flow {
  interview.session.consented = true;
  return after(initialFlow, { type: "loaded", interview, kept, interrupted });
}

const answering = (flow: Flow, position: number): Flow =>
  after(
    flow,
    { type: "devices_ready" },
    {
      type: "opened",
      question: question(position, { ...flow.interview?.questions[position - 1], text: "?" }),
      endsAt: 1,
      way: "video",
      auto: true,
    },
    { type: "answer_begun" },
    { type: "answer_running", endsAt: 2 },
  );

describe("coming in", () => {
  it("begins with the introduction, also when only the notice was read", () => {
    expect(begun(interviewOf([question(1)])).step.name).toBe("introduction");
  });

  it("goes back to the devices in mid-interview, and to the summary after the last answer", () => {
    const first = question(1, { state: "answered" });
    expect(begun(interviewOf([first, question(2)])).step.name).toBe("devices");
    expect(begun(interviewOf([first])).step.name).toBe("summary");
  });

  it("counts what is kept on the device as given, and names what was cut short", () => {
    const ids = [question(1).id, question(2).id];
    const open = (position: number) => question(position, { state: "open" });
    const flow = begun(interviewOf([open(1), open(2), question(3)]), ids, ids.slice(1));
    expect(flow.step).toEqual({ name: "devices", interrupted: [question(2).id] });
    expect(nextQuestion(flow)?.position).toBe(3);
  });

  it("forgets the fault of an attempt when the device brings a later one", () => {
    const fault = { take: "take-1", upload: "up-1", reason: null, reason_text: null };
    const spoilt = question(1, { fault });
    const faultOf = (flow: Flow) => flow.interview?.questions[0]?.fault;
    expect(faultOf(begun(interviewOf([spoilt, question(2)])))).toEqual(fault);
    expect(faultOf(begun(interviewOf([spoilt, question(2)]), [spoilt.id]))).toBeNull();
  });

  it("says so at the end, too, when the last answer was interrupted", () => {
    const last = question(1, { state: "open" });
    const flow = begun(interviewOf([last]), [last.id], [last.id]);
    expect(flow.step).toEqual({ name: "summary", interrupted: [last.id] });
  });
});

describe("a question", () => {
  it("is followed by the next one, before its answer has reached the server", () => {
    const flow = after(answering(begun(interviewOf([question(1), question(2)])), 1), {
      type: "answer_ended",
      cause: "candidate",
    });
    expect(flow.step).toMatchObject({ name: "between", cause: "candidate" });
    expect(after(flow, { type: "go_on" }).step).toEqual({
      name: "opening",
      questionId: question(2).id,
    });
  });

  it("takes no event that comes late", () => {
    const flow = begun(interviewOf([question(1)]));
    for (const event of [
      { type: "answer_begun" },
      { type: "answer_ended", cause: "candidate" },
      { type: "go_on" },
      { type: "again" },
    ] satisfies FlowEvent[]) {
      expect(after(flow, event)).toBe(flow);
    }
  });

  it("may be answered again as often as the campaign allows, and not after a skip", () => {
    const once = answering(begun(interviewOf([question(1, { takes_allowed: 2 })])), 1);
    const ended = after(once, { type: "answer_ended", cause: "time_limit" });
    expect(mayTryAgain(ended)).toBe(true);
    const twice = after(
      ended,
      { type: "again" },
      {
        type: "opened",
        question: question(1, { takes_allowed: 2, takes_used: 1 }),
        endsAt: 1,
        way: "video",
        auto: true,
      },
      { type: "answer_begun" },
      { type: "answer_running", endsAt: 2 },
      { type: "answer_ended", cause: "candidate" },
    );
    expect(mayTryAgain(twice)).toBe(false);
    const fresh = begun(interviewOf([question(1)]));
    const skipped = after(fresh, { type: "devices_ready" }, { type: "skipped" });
    expect(skipped.step).toMatchObject({ name: "between", cause: "skipped" });
    expect(mayTryAgain(skipped)).toBe(false);
  });

  it("sends back to the devices when the recording did not begin", () => {
    const flow = after(answering(begun(interviewOf([question(1)])), 1), {
      type: "answer_not_begun",
    });
    expect(flow.step.name).toBe("devices");
    expect(nextQuestion(flow)?.position).toBe(1);
  });
});

it("plans minutes, not less than one", () => {
  expect(expectedMinutes([])).toBe(2);
  expect(expectedMinutes([question(1), question(2)])).toBe(7);
});
