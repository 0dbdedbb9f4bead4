import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { server as mocks } from "@/test/server";

import { interviewOf, question } from "../test/fakeServer";
import { InterviewApi } from "./api";
import { callToOpen, exchange } from "./exchange";

const INTERVIEW = interviewOf([question(1)]);
const PATH = `*/api/sessions/${INTERVIEW.session.id}`;
const refusal = (status: number, code: string) =>
  HttpResponse.json({ code, detail: "", fields: {} }, { status });

let calls: string[];

beforeEach(() => {
  calls = [];
  const enter = (name: string, access: string) => () => {
    calls.push(name);
    return HttpResponse.json({ ...INTERVIEW, access });
  };
  mocks.use(
    http.post("*/api/sessions/start_session/", enter("start", "first")),
    http.post("*/api/sessions/renew/", enter("renew", "second")),
    http.post(`${PATH}/open_question/`, ({ request }) => {
      const authorization = request.headers.get("Authorization") ?? "";
      calls.push(authorization);
      if (authorization === "Session first") return refusal(401, "token_expired");
      return HttpResponse.json({ question: question(1), preparation_ends_at: "" });
    }),
  );
});

describe("an opening that was asked for early", () => {
  it("is used, and asked for anew when it is wanted once more", async () => {
    const api = new InterviewApi("link", exchange(callToOpen("link"), "fr"));
    expect((await api.open()).session.id).toBe(INTERVIEW.session.id);
    expect(calls).toEqual(["start"]);
    await api.open();
    expect(calls).toEqual(["start", "start"]);
  });

  it("that met no server is told, and asked for anew", async () => {
    mocks.use(http.post("*/start_session/", () => HttpResponse.error(), { once: true }));
    const api = new InterviewApi("link", exchange(callToOpen("link"), "fr"));
    await expect(api.open()).rejects.toMatchObject({ isUnreachable: true });
    expect((await api.open()).session.id).toBe(INTERVIEW.session.id);
  });
});

describe("an access that has expired", () => {
  it("is renewed by the cookie, and the call is made again", async () => {
    const api = new InterviewApi("link");
    await api.open();
    const { question: opened } = await api.openQuestion("q");
    expect(opened.position).toBe(1);
    expect(calls).toEqual(["start", "Session first", "renew", "Session second"]);
  });

  it("is renewed by the link where the browser keeps no cookie", async () => {
    const api = new InterviewApi("link");
    await api.open();
    mocks.use(http.post("*/api/sessions/renew/", () => refusal(401, "session_cookie_missing")));
    await expect(api.openQuestion("q")).rejects.toMatchObject({ code: "token_expired" });
    expect(calls).toEqual(["start", "Session first", "start", "Session first"]);
  });
});

describe("a call", () => {
  it("says in which language the candidate reads", async () => {
    const api = new InterviewApi("link");
    api.speak("ar");
    let spoken: string | null = null;
    mocks.use(
      http.post("*/api/sessions/start_session/", ({ request }) => {
        spoken = request.headers.get("Accept-Language");
        return HttpResponse.json(INTERVIEW);
      }),
    );
    await api.open();
    expect(spoken).toBe("ar");
  });

  it("names a network that does not answer, and a proxy's page", async () => {
    const api = new InterviewApi("link");
    mocks.use(http.post("*/api/sessions/start_session/", () => HttpResponse.error()));
    await expect(api.open()).rejects.toMatchObject({ code: "network", isUnreachable: true });
    mocks.use(
      http.post("*/api/sessions/start_session/", () =>
        HttpResponse.html("<h1>Bad gateway</h1>", { status: 502 }),
      ),
    );
    await expect(api.open()).rejects.toMatchObject({ status: 502, isUnreachable: true });
  });
});
