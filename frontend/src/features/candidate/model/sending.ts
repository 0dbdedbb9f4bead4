import { ApiError } from "@/api/errors";
import { backoffMs, pause, type UploadTicket } from "@/recorder";
import { type SpooledTake, Uploader, type UploadLine } from "@/recorder/delivery";

import type { InterviewApi, Submission } from "./api";
import { isPassing, isRevoked } from "./failure";
import type { OutboxItem } from "./outboxItem";

/** How often an answer is sent on that misses bytes for the server. */
const ROUNDS = 5;

export interface SendingAround {
  api: Pick<InterviewApi, "renewUpload" | "submit">;
  network: EventTarget;
  /** Raised once another page took over. */
  signal: AbortSignal;
  follow: (takeId: string, kind: string, acknowledged: number) => void;
  change: (takeId: string, change: Partial<OutboxItem>) => void;
}

/** Brings an answer over: its bytes by the upload, then its submission. */
export class Sending {
  /** Hears how each piece went. */
  line: UploadLine | undefined;

  constructor(private readonly around: SendingAround) {}

  /** Send the bytes, and hand the answer in; raises where the server refuses it. */
  async bring(take: SpooledTake, ticket: UploadTicket, resumed: boolean): Promise<void> {
    for (let round = 1; ; round += 1) {
      const mayGoOn = await this.upload(take, ticket, resumed || round > 1);
      const incomplete = await this.handIn(take);
      if (!incomplete) break;
      if (!mayGoOn || round === ROUNDS) throw incomplete;
      await this.wait(round);
    }
    await take.markSubmitted();
  }

  /** Resolves once nothing is left to send; false where the server takes no more of it. */
  private async upload(
    take: SpooledTake,
    ticket: UploadTicket,
    resumed: boolean,
  ): Promise<boolean> {
    const { takeId, mimeType } = take.record;
    const refusals: ApiError[] = [];
    const state = await new Uploader({
      source: take,
      ticket,
      mimeType,
      resumed,
      line: this.line,
      renew: async () => {
        const answer = await this.renew(takeId);
        if (!(answer instanceof ApiError)) return answer;
        refusals.push(answer);
        return null;
      },
      signal: this.around.signal,
      network: this.around.network,
      onProgress: ({ state: now, acknowledged }) =>
        this.around.follow(takeId, now.kind, acknowledged),
    }).run();
    if (state.kind !== "failed") return true;
    const revoked = refusals.find(({ code }) => isRevoked(code));
    if (revoked) throw revoked;
    // After a reload, what is refused may have been handed in already: handing it in again tells.
    if (resumed && state.failure === "refused") return false;
    throw new ApiError(0, state.failure, "");
  }

  private async renew(takeId: string): Promise<UploadTicket | ApiError> {
    try {
      return await this.around.api.renewUpload(takeId);
    } catch (error) {
      if (error instanceof ApiError && !isPassing(error)) return error;
      throw error;
    }
  }

  /** Hand the answer in until the server has said yes; return its refusal where it misses bytes. */
  private async handIn(take: SpooledTake): Promise<ApiError | null> {
    const { takeId, questionId, uploadId, closed } = take.record;
    const submission = {
      question: questionId,
      upload: uploadId,
      ...(closed?.sha256 == null ? {} : { sha256: closed.sha256 }),
      ...(closed?.durationMs == null ? {} : { duration_ms: closed.durationMs }),
    };
    this.around.change(takeId, { phase: "confirming", waiting: false, sent: take.byteLength });
    try {
      await this.submit(takeId, submission);
      return null;
    } catch (error) {
      if (error instanceof ApiError && error.code === "upload_incomplete") return error;
      throw error;
    }
  }

  /** Ask until there is an answer: one that got lost may have been a yes. */
  async submit(takeId: string, submission: Submission): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      try {
        await this.around.api.submit(submission);
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.around.change(takeId, { waiting: true });
        await this.wait(failures);
      }
    }
  }

  /** Raises once another page took over. */
  wait(failures: number): Promise<void> {
    return pause(backoffMs(failures), this.around.signal, this.around.network);
  }
}
