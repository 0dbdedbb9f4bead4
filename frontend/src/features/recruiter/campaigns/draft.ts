import type { Campaign, CampaignWrite, Template, TemplateWrite } from "@/api/types";
import { dayIn, momentIn } from "@/lib/zone";

type QuestionWrite = CampaignWrite["questions"][number];

/** A question while it is being written; its key holds it in place until the server names it. */
export interface QuestionDraft extends Required<Omit<QuestionWrite, "id">> {
  key: string;
  id?: string;
}

export interface CampaignDraft extends Required<
  Omit<CampaignWrite, "questions" | "starts_at" | "ends_at">
> {
  /** Empty: the server's choice, from now on and for thirty days. */
  starts_at: string;
  ends_at: string;
  questions: QuestionDraft[];
}

export const newQuestion = (part?: Partial<QuestionDraft>): QuestionDraft => ({
  text: "",
  answer_by: "video",
  choices: [],
  prompt: null,
  preparation_seconds: null,
  answer_seconds: null,
  mandatory: true,
  ...part,
  key: crypto.randomUUID(),
});

export const emptyDraft = (language: CampaignDraft["language"]): CampaignDraft => ({
  title: "",
  job_title: "",
  company: "",
  department: "",
  introduction: "",
  introduction_prompt: null,
  invitation_text: "",
  language,
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  preparation_mode: "hard",
  preparation_seconds: 60,
  answer_seconds: 120,
  max_questions: 10,
  takes_allowed: 1,
  review_own_take: true,
  going_back: false,
  practice: true,
  shuffled: false,
  closing_minute: false,
  questions_to_team: false,
  starts_at: "",
  ends_at: "",
  reply_by: null,
  reminder_days: [],
  questions: [newQuestion()],
});

export function draftOf(campaign: Campaign): CampaignDraft {
  const known = Object.keys(emptyDraft(campaign.language));
  const own = Object.entries(campaign).filter(([name]) => known.includes(name));
  return {
    ...(Object.fromEntries(own) as unknown as CampaignDraft),
    questions: campaign.questions.map(({ position: _, ...question }) => ({
      ...question,
      key: question.id,
    })),
  };
}

export function bodyOf({ starts_at, ends_at, questions, ...rest }: CampaignDraft): CampaignWrite {
  return {
    ...rest,
    ...(starts_at && { starts_at }),
    ...(ends_at && { ends_at }),
    questions: questions.map(({ key: _, ...question }) => ({
      ...question,
      choices: question.choices.map((choice) => choice.trim()).filter(Boolean),
    })),
  };
}

/** Return the draft with what a template says; title, dates and recordings stay. */
export function withTemplate(draft: CampaignDraft, { campaign }: Template): CampaignDraft {
  const { questions, time_zone: _, ...settings } = campaign;
  return {
    ...draft,
    ...settings,
    questions: questions.map((question) => newQuestion(question)),
  };
}

/** Return what a campaign says without title, dates and recordings. */
export function templateOf(campaign: Campaign): TemplateWrite["campaign"] {
  const { questions, ...draft } = draftOf(campaign);
  const { title: _t, starts_at: _s, ends_at: _e, reply_by: _r, ...rest } = draft;
  const { introduction_prompt: _i, ...settings } = rest;
  return {
    ...settings,
    questions: questions.map(({ key: _key, id: _id, prompt: _p, ...question }) => question),
  };
}

/** A campaign begins with the first second of its first day and ends with its last one's last. */
export const FIRST_SECOND = "00:00:00";
export const LAST_SECOND = "23:59:59";

/** Return the change to another time zone that keeps the days. */
export function inZone(draft: CampaignDraft, time_zone: string): Partial<CampaignDraft> {
  const there = (moment: string, time: string) =>
    momentIn(time_zone, dayIn(draft.time_zone, moment), time);
  return {
    time_zone,
    starts_at: there(draft.starts_at, FIRST_SECOND),
    ends_at: there(draft.ends_at, LAST_SECOND),
  };
}

/** How long an interview takes at most: each question's preparation and answer. */
export const totalSeconds = (draft: CampaignDraft): number =>
  draft.questions.reduce(
    (sum, { preparation_seconds, answer_seconds }) =>
      sum +
      (draft.preparation_mode === "none" ? 0 : (preparation_seconds ?? draft.preparation_seconds)) +
      (answer_seconds ?? draft.answer_seconds),
    0,
  );

/** Return the list with one item taken to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.toSpliced(from, 1);
  const [item] = items.slice(from, from + 1);
  return item === undefined ? [...items] : rest.toSpliced(to, 0, item);
}

const storageKey = (id: string | null) => `jobgate.draft.${id ?? "new"}`;

/** What was typed survives a reload, a wrong click and an expired sign-in. */
export function keepDraft(id: string | null, draft: CampaignDraft): void {
  sessionStorage.setItem(storageKey(id), JSON.stringify(draft));
}

export function keptDraft(id: string | null): CampaignDraft | null {
  const text = sessionStorage.getItem(storageKey(id));
  return text === null ? null : (JSON.parse(text) as CampaignDraft);
}

export function dropDraft(id: string | null): void {
  sessionStorage.removeItem(storageKey(id));
}
