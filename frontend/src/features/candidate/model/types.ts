import type { Language } from "@/lib/i18n";
import type { UploadTicket } from "@/recorder";

export interface Question {
  id: string;
  position: number;
  mandatory: boolean;
  preparation_seconds: number;
  answer_seconds: number;
  state: "pending" | "open" | "answered" | "skipped";
  takes_used: number;
  /** How often the server still believes that a fault of this device spoilt the answer. */
  retakes_left: number;
  /** What spoilt the answer, as long as nothing has taken its place. */
  fault: Fault | null;
  /** Null until the question is opened. */
  text: string | null;
}

/** An attempt that was given back, and why. */
export interface Fault {
  take: string;
  upload: string;
  /** Null: this page told of it, and what was recorded may be used all the same. */
  reason: string | null;
  reason_text: string | null;
}

export interface SessionInfo {
  id: string;
  status: string;
  expires_at: string;
  language: Language;
  consented: boolean;
  /** When the candidate handed the interview in, also if it was opened again since. */
  confirmed_at: string | null;
}

export interface Interview {
  access: string;
  access_expires_in: number;
  server_time: string;
  spool_key: string;
  session: SessionInfo;
  organization: { name: string; brand_color: string | null };
  campaign: { title: string; job_title: string; introduction: string; takes_allowed: number };
  candidate: { first_name: string; last_name: string };
  notice: { version: string; paragraphs: string[] };
  questions: Question[];
}

export interface OpenedQuestion {
  question: Question;
  preparation_ends_at: string;
}

export interface OpenedTake {
  take: { id: string; number: number; deadline: string };
  upload: UploadTicket;
}

export interface ReceiptRow {
  question_id: string;
  upload: string | null;
  position: number;
  sha256: string | null;
  bytes: number;
  /** The recording's state, "skipped" or "unanswered". */
  state: string;
  reason: string | null;
  reason_text: string | null;
  given_back: boolean;
}

export interface PageEvent {
  kind: string;
  at: string;
  data: Record<string, unknown>;
}
