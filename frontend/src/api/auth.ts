/**
 * Who is signed in on this page. The access token lives in memory only; the refresh token in an
 * HttpOnly cookie that scripts cannot read.
 */
import { ApiError, errorFrom } from "./errors";

const COOKIE_TRANSPORT = { "X-Token-Transport": "cookie", "Content-Type": "application/json" };
const REFRESH_LOCK = "jobgate.refresh";
const ORGANIZATION = "jobgate.organization";

let access: string | null = null;
let refreshing: Promise<string | null> | null = null;
let language = "fr";
/** Why nobody is signed in any more. */
export type Ending = "left" | "expired";
type Listener = (ending: Ending) => void;
const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("jobgate");
channel?.addEventListener("message", () => forget("left"));

export const accessToken = () => access;

/** Call back when the session of this page ends: here, in another tab, or by expiry. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function speak(next: string): void {
  language = next;
}

export const chosenOrganization = () => localStorage.getItem(ORGANIZATION);

export function chooseOrganization(id: string): void {
  localStorage.setItem(ORGANIZATION, id);
}

export async function signIn(email: string, password: string): Promise<void> {
  const answer = await post("/api/token/", { email, password });
  if (!answer.ok) throw await failure(answer);
  access = ((await answer.json()) as { access: string }).access;
}

export async function signOut(): Promise<void> {
  await post("/api/token/logout/", {}).catch(() => undefined);
  forget("left");
  channel?.postMessage("signed out");
}

/**
 * Return a new access token, or null when nobody is signed in. Callers share one request; tabs
 * take turns, because each use of the refresh token replaces it.
 */
export function refresh(): Promise<string | null> {
  refreshing ??= inTurn(requestAccess).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function requestAccess(): Promise<string | null> {
  const answer = await post("/api/token/refresh/", {});
  if (answer.ok) {
    access = ((await answer.json()) as { access: string }).access;
    return access;
  }
  if (answer.status >= 500) throw await failure(answer);
  forget("expired");
  return null;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(REFRESH_LOCK, work) as Promise<T>;
}

function forget(ending: Ending): void {
  const was = access;
  access = null;
  if (was !== null) for (const listener of listeners) listener(ending);
}

/** Send a request with who asks, for which organisation, in which language; renew once. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = access ?? (await refresh());
  if (token === null) throw new ApiError(401, "not_authenticated", "");
  const answer = await send(request, token);
  if (answer.status !== 401) return answer;
  // Another call may have renewed the token while this one was under way.
  const renewed = access !== token && access !== null ? access : await refresh();
  return renewed === null ? answer : send(again, renewed);
}

async function send(request: Request, token: string): Promise<Response> {
  request.headers.set("Authorization", `Bearer ${token}`);
  const organization = chosenOrganization();
  if (organization) request.headers.set("X-Organization", organization);
  request.headers.set("Accept-Language", language);
  try {
    return await fetch(request);
  } catch (reason) {
    if (request.signal.aborted) throw reason;
    throw new ApiError(0, "unreachable", "");
  }
}

async function post(path: string, body: unknown): Promise<Response> {
  const headers = { ...COOKIE_TRANSPORT, "Accept-Language": language };
  try {
    return await fetch(new URL(path, location.origin), {
      method: "POST",
      headers,
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, "unreachable", "");
  }
}

const failure = async (answer: Response) =>
  errorFrom(answer.status, await answer.json().catch(() => null));
