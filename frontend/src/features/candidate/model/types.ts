import type { Language } from "@/lib/i18n";
import type { UploadTicket } from "@/recorder";

/** How a question may be answered. */
export type Way = "video" | "audio" | "text" | "choice" | "file";

/** A recruiter's own recording, beside a question or before all of them. */
export interface Prompt {
  id: string;
  kind: "video" | "audio";
  /** Null until it can be played. */
  url: string | null;
  poster_url: string | null;
  mime_type: string;
  duration_ms: number | null;
  language: string;
  /** WebVTT; empty where there are none. */
  captions: string;
  transcript: string;
}

export interface Question {
  id: string;
  position: number;
  role: "question" | "closing";
  answer_by: Way;
  /** What this candidate may use; the first is the usual one. */
  ways: Way[];
  takes_allowed: number;
  /** Answered or skipped, and may be given again now. */
  may_change: boolean;
  /** Empty until the question is opened. */
  choices: string[];
  /** Null until the question is opened, or where there is none. */
  prompt: Prompt | null;
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
  started_at: string | null;
  completed_at: string | null;
  withdrawn_at: string | null;
  satisfaction: number | null;
  satisfaction_comment: string;
  question_to_team: string;
  /** When the candidate handed the interview in, also if it was opened again since. */
  confirmed_at: string | null;
}

export interface Rules {
  title: string;
  job_title: string;
  company: string;
  department: string;
  introduction: string;
  introduction_prompt: Prompt | null;
  takes_allowed: number;
  /** The day by which an answer is promised. */
  reply_by: string | null;
  preparation_mode: "none" | "soft" | "hard";
  review_own_take: boolean;
  going_back: boolean;
  practice: boolean;
  closing_minute: boolean;
  questions_to_team: boolean;
  question_count: number;
  /** What it takes at most. */
  minutes: number;
}

/** What this candidate was granted; the times of the questions are stretched already. */
export interface Accommodation {
  time_percent: number;
  no_limit: boolean;
  extra_takes: number;
  instead: Way[];
}

export interface Interview {
  /** "own_page": nothing is recorded any more; the candidate sees their own state. */
  view: "interview" | "own_page";
  receipt: ReceiptRow[] | null;
  accommodation: Accommodation | null;
  access: string;
  access_expires_in: number;
  server_time: string;
  spool_key: string;
  session: SessionInfo;
  organization: { name: string; brand_color: string | null };
  campaign: Rules;
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
  text: string;
  answer_kind: "recorded" | "text" | "choice" | "file" | "skipped" | null;
  written: string;
  /** The words of what was chosen. */
  chosen: string[];
  file_name: string;
  submitted_at: string | null;
  /** Where one's own answer is played, or downloaded. */
  url: string | null;
}

export interface PageEvent {
  kind: string;
  at: string;
  data: Record<string, unknown>;
}
