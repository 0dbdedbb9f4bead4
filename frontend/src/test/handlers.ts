import { http, HttpResponse, type JsonBodyType } from "msw";

import type { Role } from "@/api/types";

import * as data from "./data";

export const page = <T>(results: T[], next: string | null = null) => ({
  next,
  previous: null,
  results,
});

export const refusal = (
  status: number,
  code: string,
  detail: string,
  fields: Record<string, { code: string; detail: string }[]> = {},
) => HttpResponse.json({ code, detail, fields }, { status });

const json = (body: JsonBodyType) => () => HttpResponse.json(body);

/** Somebody is signed in by the cookie of an earlier visit. */
export const signedIn = (role: Role = "recruiter") => [
  http.post("/api/token/refresh/", json({ access: "access-1" })),
  http.post("/api/token/logout/", () => new HttpResponse(null, { status: 204 })),
  http.get("/api/me/", json(data.me(role))),
  http.patch("/api/me/", json(data.me(role))),
  // A stream that says nothing and stays open.
  http.get("/api/events/", () => new HttpResponse(new ReadableStream())),
];

export const signedOut = [
  http.post("/api/token/refresh/", () =>
    refusal(401, "refresh_refused", "Veuillez vous reconnecter."),
  ),
];

/** An organisation at work. */
export const world = [
  http.get("/api/hiring-managers/", json(page([data.profile]))),
  http.get("/api/campaigns/", json(page([data.campaignRow()]))),
  http.get("/api/campaigns/:id/", json(data.campaign())),
  http.post("/api/campaigns/:id/check_update/", json(data.noEffect)),
  http.get("/api/campaign-templates/", json(page([data.template()]))),
  http.get("/api/question-bank/", json(page([data.bankQuestion()]))),
  http.get("/api/campaigns/:id/statistics/", json(data.statistics)),
  http.get("/api/sessions/", json(page([data.sessionRow()]))),
  http.get("/api/sessions/:id/", json(data.session())),
  http.get("/api/candidates/", json(page([data.candidate]))),
  http.get("/api/candidates/:id/", json(data.candidate)),
];
