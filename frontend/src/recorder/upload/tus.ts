import type { Bytes } from "../bytes";

const VERSION = "1.0.0";

export type UploadFailure =
  "refused" | "upload_gone" | "too_large" | "server_ahead" | "unexpected_answer";

/** What a request's answer means for the upload. */
export class TusError extends Error {
  constructor(
    readonly kind: "retry" | "offset" | "token" | "missing" | "fatal",
    readonly status: number,
    readonly failure: UploadFailure = "unexpected_answer",
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${kind} (${status})`);
    this.name = "TusError";
  }
}

export interface TusState {
  offset: number;
  /** Null as long as the length is deferred. */
  length: number | null;
}

export interface PatchOptions {
  offset: number;
  bytes: Bytes;
  /** The whole length, given with the last piece. */
  length: number | null;
}

/** The requests of tus 1.0.0 that an upload of unknown length needs. */
export class TusClient {
  constructor(
    private token: string,
    private readonly signal: AbortSignal,
    private readonly timeoutMs = 60_000,
  ) {}

  useToken(token: string): void {
    this.token = token;
  }

  /** Create the upload and return its address. */
  async create(endpoint: string, mimeType: string): Promise<string> {
    const response = await this.send(endpoint, "POST", {
      "Upload-Defer-Length": "1",
      "Upload-Metadata": `filetype ${btoa(mimeType)}`,
    });
    const location = response.headers.get("Location");
    if (!location) throw new TusError("fatal", response.status);
    return new URL(location, new URL(endpoint, globalThis.location?.href)).href;
  }

  async head(address: string): Promise<TusState> {
    const { headers, status } = await this.send(address, "HEAD", {});
    const length = headers.get("Upload-Length");
    return { offset: offsetOf(headers, status), length: length === null ? null : Number(length) };
  }

  /** Send a piece and return the offset the server has acknowledged. */
  async patch(address: string, { offset, bytes, length }: PatchOptions): Promise<number> {
    const headers: Record<string, string> = {
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
      ...(length === null ? {} : { "Upload-Length": String(length) }),
    };
    const response = await this.send(address, "PATCH", headers, bytes);
    return offsetOf(response.headers, response.status);
  }

  private async send(
    address: string,
    method: string,
    headers: Record<string, string>,
    body?: Bytes,
  ): Promise<Response> {
    const request = new AbortController();
    const cut = () => request.abort();
    const timer = setTimeout(cut, this.timeoutMs);
    this.signal.addEventListener("abort", cut);
    try {
      const response = await fetch(address, {
        method,
        headers: { "Tus-Resumable": VERSION, Authorization: `Upload ${this.token}`, ...headers },
        signal: request.signal,
        credentials: "omit",
        ...(body ? { body } : {}),
      });
      if (response.ok) return response;
      throw meaningOf(response);
    } catch (error) {
      if (error instanceof TusError || this.signal.aborted) throw error;
      // No network, a cut connection and our own time-out look alike to a page.
      throw new TusError("retry", 0);
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener("abort", cut);
    }
  }
}

function offsetOf(headers: Headers, status: number): number {
  const offset = Number(headers.get("Upload-Offset") ?? Number.NaN);
  // Something between us and the server answered in its place: ask again.
  if (!Number.isSafeInteger(offset) || offset < 0) throw new TusError("retry", status);
  return offset;
}

function meaningOf(response: Response): TusError {
  const { status } = response;
  // A HEAD has no body to name the reason: a new token is tried for each refused one.
  if (status === 401) return new TusError("token", status, "refused");
  if (status === 403) return new TusError("fatal", status, "refused");
  if (status === 404) return new TusError("missing", status, "upload_gone");
  if (status === 410) return new TusError("fatal", status, "upload_gone");
  if (status === 409 || status === 460) return new TusError("offset", status);
  if (status === 413) return new TusError("fatal", status, "too_large");
  if (status >= 500 || [408, 423, 425, 429].includes(status)) {
    return new TusError("retry", status, "unexpected_answer", retryAfterOf(response));
  }
  return new TusError("fatal", status);
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}
