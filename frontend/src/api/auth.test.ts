import { delay, http, HttpResponse } from "msw";
import { afterEach, describe, expect, it } from "vitest";

import { refusal } from "@/test/handlers";
import { server } from "@/test/server";

import { accessToken, authorizedFetch, onSignedOut, refresh, signOut } from "./auth";

const ask = (path: string) => authorizedFetch(new Request(new URL(path, location.origin)));

/** A server whose tokens are numbered, and good until the next one is given. */
function numberedTokens() {
  let given = 0;
  const accepted = () => `Bearer access-${given}`;
  server.use(
    http.post("/api/token/refresh/", async () => {
      await delay(20);
      given += 1;
      return HttpResponse.json({ access: `access-${given}` });
    }),
    http.get("/api/thing/", ({ request }) =>
      request.headers.get("Authorization") === accepted()
        ? HttpResponse.json({ ok: true })
        : refusal(401, "token_expired", ""),
    ),
  );
  return { count: () => given, expire: () => (given += 1) };
}

afterEach(async () => {
  server.use(http.post("/api/token/logout/", () => new HttpResponse(null, { status: 204 })));
  await signOut();
});

describe("the access token", () => {
  it("is asked for once by many requests at a time", async () => {
    const tokens = numberedTokens();
    const answers = await Promise.all([ask("/api/thing/"), ask("/api/thing/"), ask("/api/thing/")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(tokens.count()).toBe(1);
  });

  it("is renewed once when it expired under many requests", async () => {
    const tokens = numberedTokens();
    await refresh();
    tokens.expire();
    const answers = await Promise.all([ask("/api/thing/"), ask("/api/thing/")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(tokens.count()).toBe(3);
  });

  it("keeps out of reach of storage", async () => {
    numberedTokens();
    await refresh();
    expect(accessToken()).toBe("access-1");
    expect(JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie).not.toContain(
      "access-1",
    );
  });

  it("is forgotten when the server refuses to renew it, and pages are told", async () => {
    numberedTokens();
    await refresh();
    const endings: string[] = [];
    const stop = onSignedOut((ending) => endings.push(ending));
    server.use(
      http.post("/api/token/refresh/", () => refusal(401, "refresh_refused", "")),
      http.get("/api/thing/", () => refusal(401, "token_expired", "")),
    );
    expect((await ask("/api/thing/")).status).toBe(401);
    expect(endings).toEqual(["expired"]);
    stop();
  });

  it("survives a server that is down for a moment", async () => {
    numberedTokens();
    await refresh();
    server.use(http.post("/api/token/refresh/", () => HttpResponse.error()));
    await expect(refresh()).rejects.toMatchObject({ code: "unreachable" });
    expect(accessToken()).toBe("access-1");
  });
});
