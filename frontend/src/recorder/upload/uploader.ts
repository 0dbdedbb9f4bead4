import type { Bytes } from "../bytes";
import { backoffMs, pause } from "./backoff";
import { PieceSize } from "./pieceSize";
import { TusClient, TusError, type UploadFailure } from "./tus";

/** Where the bytes come from: they may still be growing. */
export interface UploadSource {
  readonly byteLength: number;
  readonly closed: boolean;
  /** How many bytes there were when it was closed: some may be lost since. Null when its page died. */
  readonly wholeLength: number | null;
  read(offset: number, limit: number): Promise<Bytes>;
  onChange(listener: () => void): () => void;
  /** The device lost the end of what the server has: what arrived is all there will be. */
  endAt(length: number): Promise<void>;
}

export interface UploadTicket {
  id: string;
  /** Where uploads are created; the upload itself is at `<url><id>/`. */
  url: string;
  token: string;
}

export type UploadState =
  | { kind: "sending" }
  | { kind: "waiting"; failures: number }
  | { kind: "done" }
  | { kind: "failed"; failure: UploadFailure };

export interface UploadProgress {
  state: UploadState;
  acknowledged: number;
}

/** Hears how the way to the server is. */
export interface UploadLine {
  /** A piece arrived. `full`: more was waiting, so that its time says how fast the way is. */
  sent(bytes: number, ms: number, full: boolean): void;
  /** A piece did not, and will be tried again. */
  broke(): void;
}

export interface UploaderOptions {
  source: UploadSource;
  ticket: UploadTicket;
  mimeType: string;
  /** True when the upload may exist already: after a reload. */
  resumed?: boolean;
  /** A fresh token for the same upload; null when the session no longer may. Raises when it could
   * not be asked. */
  renew: () => Promise<UploadTicket | null>;
  onProgress?: (progress: UploadProgress) => void;
  line?: UploadLine | undefined;
  signal: AbortSignal;
  /** Fires "online"; the window, in a browser. */
  network?: EventTarget;
  random?: () => number;
}

const TOKENS_REFUSED_IN_A_ROW = 3;
const NO_BYTES = new Uint8Array();

/**
 * Sends a growing source by tus, in order, by offset, until the server has all of it.
 * Whatever breaks, the server's own offset decides where to go on.
 */
export class Uploader {
  private readonly client: TusClient;
  private readonly pieces = new PieceSize();
  private ticket: UploadTicket;
  private address: string | null = null;
  /** Null when the server must be asked. */
  private offset: number | null = null;
  private acknowledged = 0;
  /** The whole length, once the server knows it. */
  private declared: number | null = null;
  private fresh: boolean;
  private failures = 0;
  private refusedTokens = 0;

  constructor(private readonly options: UploaderOptions) {
    this.ticket = options.ticket;
    this.fresh = !options.resumed;
    this.client = new TusClient(options.ticket.token, options.signal);
  }

  /** Send everything. Resolves with the last state; rejects only when aborted. */
  async run(): Promise<UploadState> {
    for (;;) {
      try {
        const finished = await this.step();
        this.failures = 0;
        if (finished) return this.report({ kind: "done" });
      } catch (error) {
        if (!(error instanceof TusError)) throw error;
        const failed = await this.recover(error);
        if (failed) return this.report(failed);
      }
    }
  }

  private async step(): Promise<boolean> {
    const { source } = this.options;
    const offset = this.offset ?? (await this.findOffset());
    // A device may have lost the end of what the server has whole.
    const isEnd = offset === source.byteLength || offset === source.wholeLength;
    if (isEnd && source.closed && this.declared !== null) return true;
    if (offset > source.byteLength) return this.endWhereServerIs(offset);
    if (offset === source.byteLength && !source.closed) await this.moreToSend(offset);
    else await this.sendPiece(offset);
    return false;
  }

  /** A power cut took the end of what was kept, but it had arrived: that is the answer. */
  private async endWhereServerIs(offset: number): Promise<boolean> {
    const { source } = this.options;
    const isPossible = source.closed && offset <= (source.wholeLength ?? Infinity);
    const mayEndHere = this.declared === null || this.declared === offset;
    if (!isPossible || !mayEndHere) throw new TusError("fatal", 0, "server_ahead");
    if (this.declared === null) {
      await this.client.patch(await this.locate(), { offset, bytes: NO_BYTES, length: offset });
      this.declared = offset;
    }
    if (offset !== source.wholeLength) await source.endAt(offset);
    return true;
  }

  private async sendPiece(offset: number): Promise<void> {
    const { source } = this.options;
    this.report({ kind: "sending" });
    const { limit } = this.pieces;
    const bytes = await source.read(offset, limit);
    const isLast = source.closed && offset + bytes.byteLength === source.byteLength;
    const length = isLast && this.declared === null ? source.byteLength : null;
    const started = performance.now();
    this.accept(await this.client.patch(await this.locate(), { offset, bytes, length }));
    const ms = performance.now() - started;
    this.pieces.took(bytes.byteLength, ms);
    this.options.line?.sent(bytes.byteLength, ms, bytes.byteLength >= limit);
    if (length !== null) this.declared = length;
    this.report({ kind: "sending" });
  }

  private async locate(): Promise<string> {
    this.address ??= await this.client.create(this.ticket.url, this.options.mimeType);
    return this.address;
  }

  /** Ask the server, which knows better than anything kept in this page. */
  private async findOffset(): Promise<number> {
    if (this.fresh) {
      this.fresh = false;
      await this.locate();
      return this.accept(0);
    }
    const known = this.address ?? this.expectedAddress();
    try {
      const { offset, length } = await this.client.head(known);
      this.address = known;
      this.declared = length;
      return this.accept(offset);
    } catch (error) {
      const created = this.address !== null;
      if (!(error instanceof TusError) || error.kind !== "missing" || created) throw error;
      await this.locate();
      return this.accept(0);
    }
  }

  private expectedAddress(): string {
    const base = new URL(this.ticket.url, globalThis.location?.href);
    return new URL(`${this.ticket.id}/`, base).href;
  }

  private accept(offset: number): number {
    this.offset = offset;
    this.acknowledged = offset;
    this.refusedTokens = 0;
    return offset;
  }

  private moreToSend(offset: number): Promise<void> {
    const { source, signal } = this.options;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!signal.aborted && source.byteLength === offset && !source.closed) return;
        stopListening();
        signal.removeEventListener("abort", look);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      const stopListening = source.onChange(look);
      signal.addEventListener("abort", look);
      look();
    });
  }

  /** Do what the error asks for. Returns the final state when nothing helps. */
  private async recover(error: TusError): Promise<UploadState | null> {
    this.offset = null;
    this.failures += 1;
    if (error.kind === "fatal" || error.kind === "missing") {
      return { kind: "failed", failure: error.failure };
    }
    if (error.kind === "token") return this.renew();
    // A wrong offset is mended by asking for the right one; twice in a row is a fault.
    if (error.kind === "retry" || this.failures > 1) await this.wait(error.retryAfterMs);
    return null;
  }

  private async renew(): Promise<UploadState | null> {
    this.refusedTokens += 1;
    if (this.refusedTokens > TOKENS_REFUSED_IN_A_ROW) return { kind: "failed", failure: "refused" };
    try {
      const ticket = await this.options.renew();
      if (!ticket) return { kind: "failed", failure: "refused" };
      this.ticket = ticket;
      this.client.useToken(ticket.token);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.refusedTokens -= 1;
      await this.wait(null);
    }
    return null;
  }

  private async wait(askedMs: number | null): Promise<void> {
    const { random, signal, network = globalThis } = this.options;
    this.pieces.failed();
    this.options.line?.broke();
    this.report({ kind: "waiting", failures: this.failures });
    await pause(askedMs ?? backoffMs(this.failures, random), signal, network as EventTarget);
  }

  private report(state: UploadState): UploadState {
    this.options.onProgress?.({ state, acknowledged: this.acknowledged });
    return state;
  }
}
