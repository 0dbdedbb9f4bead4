import { createHash } from "node:crypto";

import { http, HttpResponse } from "msw";

import type { Interview, Question, ReceiptRow } from "../model/types";

/** The server as the candidate's page knows it, in memory. */
export interface FakeServer {
  handlers: ReturnType<typeof http.all>[];
  interview: Interview;
  files: Map<string, Uint8Array>;
  submitted: Map<string, Record<string, unknown>>;
  events: { kind: string; data: Record<string, unknown> }[];
  completed: boolean;
  consents: string[];
  /** How many takes were opened, by question. */
  opened: Map<string, number>;
  /** Refuse the next calls of an action with this code. */
  refuse: Map<string, { status: number; code: string }>;
  /** Do the next calls of an action, and lose the answer: so many times. */
  loseAnswers: Map<string, number>;
  /** The faults that the page told of, by take. */
  faults: Map<string, string>;
  /** What the check of an upload found, "verified" where nothing is said. */
  found: Map<string, { state: string; reason: string; given_back: boolean }>;
  /** Another device has the interview, until this one takes over. */
  elsewhere: boolean;
  /** The codes of other devices that were used. */
  handedOver: string[];
}

export const TOKEN = "0198c0de-aaaa-7000-8000-00000000abcd";
const SESSION = "0198c0de-0000-7000-8000-00000000000a";
const TEXTS = ["Présentez-vous en quelques mots.", "Racontez un projet réussi.", "Et pour finir ?"];

export function question(position: number, more: Partial<Question> = {}): Question {
  return {
    id: `0198c0de-0000-7000-8000-0000000000q${position}`,
    position,
    role: "question",
    answer_by: "video",
    ways: ["video"],
    takes_allowed: 1,
    may_change: false,
    choices: [],
    prompt: null,
    mandatory: true,
    preparation_seconds: 30,
    answer_seconds: 90,
    state: "pending",
    takes_used: 0,
    retakes_left: 3,
    fault: null,
    text: null,
    ...more,
  };
}

export function interviewOf(questions: Question[], more: Partial<Interview> = {}): Interview {
  return {
    view: "interview",
    receipt: null,
    accommodation: null,
    access: "access",
    access_expires_in: 600,
    server_time: new Date().toISOString(),
    spool_key: btoa("k".repeat(32)),
    session: {
      id: SESSION,
      status: "started",
      expires_at: new Date(Date.now() + 5 * 86_400_000).toISOString(),
      language: "fr",
      consented: false,
      started_at: null,
      completed_at: null,
      withdrawn_at: null,
      satisfaction: null,
      satisfaction_comment: "",
      question_to_team: "",
      confirmed_at: null,
    },
    organization: { name: "Atelier Nord", brand_color: null },
    campaign: {
      title: "Conseillers 2026",
      job_title: "Conseiller clientèle bilingue",
      company: "",
      department: "",
      introduction: "",
      introduction_prompt: null,
      takes_allowed: 1,
      reply_by: null,
      preparation_mode: "hard",
      review_own_take: false,
      going_back: false,
      practice: true,
      closing_minute: false,
      questions_to_team: false,
      question_count: questions.length,
      minutes: 6,
    },
    candidate: { first_name: "Nadia", last_name: "Roux" },
    notice: { version: "1", paragraphs: ["Vos réponses servent à ce recrutement."] },
    questions,
    ...more,
  };
}

export function fakeServer(interview: Interview): FakeServer {
  const server: FakeServer = {
    interview,
    files: new Map(),
    submitted: new Map(),
    events: [],
    completed: false,
    consents: [],
    opened: new Map(),
    refuse: new Map(),
    loseAnswers: new Map(),
    faults: new Map(),
    found: new Map(),
    elsewhere: false,
    handedOver: [],
    handlers: [],
  };
  server.handlers = [...sessionHandlers(server), ...uploadHandlers(server)];
  return server;
}

const refusal = (status: number, code: string) =>
  HttpResponse.json({ code, detail: code, fields: {} }, { status });
const timed = (body: object) =>
  HttpResponse.json({ ...body, server_time: new Date().toISOString() });

type Body = Record<string, string> & { events?: FakeServer["events"]; skipped?: boolean };
type Action = (body: Body) => Response;

async function bodyOf(request: Request): Promise<Body> {
  if (request.method !== "POST") return {} as Body;
  if (request.headers.get("Content-Type")?.includes("json")) return (await request.json()) as Body;
  // What jsdom makes of a form is enough to see that it came.
  return { question: /name="question"\s+(\S+)/.exec(await request.text())?.[1] ?? "" } as Body;
}

function sessionHandlers(server: FakeServer) {
  const actions = actionsOf(server);
  return [
    http.post("*/api/sessions/start_session/", async ({ request }) => {
      const refused = server.refuse.get("start_session");
      if (refused) return refusal(refused.status, refused.code);
      const { token, take_over } = (await request.json()) as { token: string; take_over?: boolean };
      server.elsewhere &&= !take_over;
      if (server.elsewhere) return refusal(409, "session_elsewhere");
      return token === TOKEN ? timed(server.interview) : refusal(404, "link_unknown");
    }),
    http.post("*/api/sessions/accept_handover/", async ({ request }) => {
      const { code } = (await request.json()) as { code: string };
      if (code !== "abc") return refusal(410, "handover_expired");
      server.handedOver.push(code);
      return timed(server.interview);
    }),
    http.post("*/api/sessions/renew/", () => {
      const refused = server.refuse.get("renew");
      return refused ? refusal(refused.status, refused.code) : timed(server.interview);
    }),
    http.all(`*/api/sessions/${SESSION}/:action/`, async ({ request, params }) => {
      const name = String(params["action"]);
      const refused = server.refuse.get(name);
      if (refused) return refusal(refused.status, refused.code);
      const body = await bodyOf(request);
      const answer = actions[name]?.(body) ?? refusal(404, "not_found");
      const lost = server.loseAnswers.get(name) ?? 0;
      server.loseAnswers.set(name, Math.max(0, lost - 1));
      return lost > 0 ? HttpResponse.error() : answer;
    }),
    http.post(
      `*/api/sessions/${SESSION}/takes/:take/report_fault/`,
      async ({ request, params }) => {
        const refused = server.refuse.get("report_fault");
        if (refused) return refusal(refused.status, refused.code);
        const { reason } = (await request.json()) as { reason: string };
        giveBack(server, String(params["take"]), reason);
        return timed({ questions: server.interview.questions });
      },
    ),
  ];
}

/** Open the question of a take again, as the server does after a fault. */
function giveBack(server: FakeServer, take: string, reason: string): void {
  server.faults.set(take, reason);
  server.interview.questions = server.interview.questions.map((one) =>
    take.includes(one.id)
      ? { ...one, state: "pending", takes_used: 0, retakes_left: one.retakes_left - 1 }
      : one,
  );
}

function actionsOf(server: FakeServer): Record<string, Action> {
  const { interview } = server;
  const find = (id: string | undefined) => interview.questions.find((one) => one.id === id);
  const change = (id: string | undefined, more: Partial<Question>) => {
    interview.questions = interview.questions.map((one) =>
      one.id === id ? { ...one, ...more } : one,
    );
  };
  const tell = (more: Partial<Interview["session"]>) => {
    interview.session = { ...interview.session, ...more };
    return timed({ session: interview.session });
  };
  return {
    language: ({ language }) => {
      interview.session = { ...interview.session, language: language as "fr" };
      return timed(interview);
    },
    consent: ({ notice_version }) => {
      server.consents.push(notice_version ?? "");
      interview.session = { ...interview.session, consented: true };
      return timed({ session: interview.session });
    },
    open_question: ({ question: id }) => {
      const found = find(id);
      if (!found) return refusal(404, "question_unknown");
      change(id, { text: TEXTS[found.position - 1] ?? "?", state: "open" });
      const endsAt = Date.now() + found.preparation_seconds * 1000;
      return timed({
        question: find(id),
        preparation_ends_at: new Date(endsAt).toISOString(),
      });
    },
    open_take: ({ question: id }) => {
      const number = 1 + (server.opened.get(String(id)) ?? 0);
      server.opened.set(String(id), number);
      change(id, { takes_used: (find(id)?.takes_used ?? 0) + 1 });
      return timed({
        take: { id: `take-${id}-${number}`, number, deadline: "" },
        upload: ticket(`up-${id}-${number}`),
      });
    },
    renew_upload: ({ take }) => timed({ upload: ticket(String(take).replace("take", "up")) }),
    submit_response: (body) => {
      server.submitted.set(body["question"] ?? "", body);
      change(body["question"], {
        state: body.skipped ? "skipped" : "answered",
        may_change: interview.campaign.going_back,
      });
      return timed({ response: {} });
    },
    complete_session: () => {
      server.completed = true;
      interview.session = { ...interview.session, confirmed_at: new Date().toISOString() };
      return timed({ session: interview.session, receipt: receiptOf(server) });
    },
    heartbeat: () =>
      timed({ lease_held: !server.elsewhere, accommodation: interview.accommodation }),
    handover: () =>
      timed({
        url: "https://entretien.example/interview#handover=abc",
        expires_at: new Date(Date.now() + 300_000).toISOString(),
      }),
    withdraw: () => tell({ status: "withdrawn", withdrawn_at: new Date().toISOString() }),
    satisfaction: ({ score, comment }) =>
      tell({ satisfaction: Number(score), satisfaction_comment: comment ?? "" }),
    question_to_team: ({ text }) => tell({ question_to_team: text ?? "" }),
    receipt: () => timed({ receipt: receiptOf(server) }),
    log: ({ events }) => {
      server.events.push(...(events ?? []));
      return new HttpResponse(null, { status: 204 });
    },
  };
}

const ticket = (id: string) => ({ id, url: "/api/upload/", token: "t", max_bytes: 1e9 });

function receiptOf(server: FakeServer): ReceiptRow[] {
  return server.interview.questions.map((one) => {
    const upload = String(server.submitted.get(one.id)?.["upload"] ?? "");
    const bytes = server.files.get(upload);
    const found = server.found.get(upload);
    return {
      question_id: one.id,
      position: one.position,
      sha256:
        bytes && found?.state !== "received"
          ? createHash("sha256").update(bytes).digest("hex")
          : null,
      bytes: bytes?.byteLength ?? 0,
      upload: upload || null,
      state: found?.state ?? (bytes ? "verified" : "skipped"),
      reason: found?.reason ?? null,
      reason_text: found ? `Because: ${found.reason}.` : null,
      given_back: found?.given_back ?? false,
      text: TEXTS[one.position - 1] ?? "",
      answer_kind: bytes ? "recorded" : "skipped",
      written: "",
      chosen: [],
      file_name: "",
      submitted_at: null,
      url: null,
    };
  });
}

/** Uploads in memory; the real protocol is tested against real servers. */
function uploadHandlers(server: FakeServer) {
  const created: string[] = [];
  const fileOf = (id: unknown) => server.files.get(String(id)) ?? new Uint8Array();
  return [
    http.post("*/api/upload/", async () => {
      const tickets = server.interview.questions.flatMap((one) =>
        Array.from(
          { length: server.opened.get(one.id) ?? one.takes_used },
          (_, index) => `up-${one.id}-${index + 1}`,
        ),
      );
      const id = tickets.find((name) => !created.includes(name)) ?? "none";
      created.push(id);
      server.files.set(id, new Uint8Array());
      return new HttpResponse(null, { status: 201, headers: { Location: `/api/upload/${id}/` } });
    }),
    http.head("*/api/upload/:id/", ({ params }) =>
      server.files.has(String(params["id"]))
        ? new HttpResponse(null, {
            headers: { "Upload-Offset": String(fileOf(params["id"]).byteLength) },
          })
        : new HttpResponse(null, { status: 404 }),
    ),
    http.patch("*/api/upload/:id/", async ({ request, params }) => {
      const before = fileOf(params["id"]);
      const piece = new Uint8Array(await request.arrayBuffer());
      const whole = new Uint8Array([...before, ...piece]);
      server.files.set(String(params["id"]), whole);
      return new HttpResponse(null, {
        status: 204,
        headers: { "Upload-Offset": String(whole.byteLength) },
      });
    }),
  ];
}
