import type { Campaign, CampaignWrite } from "@/api/types";

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
    questions: questions.map(({ key: _, ...question }) => question),
  };
}

/** A campaign begins at the start of its first day and ends at the end of its last, here. */
export const firstMoment = (day: string) => momentOf(day, "00:00:00");
export const lastMoment = (day: string) => momentOf(day, "23:59:59");

const momentOf = (day: string, time: string) =>
  day ? new Date(`${day}T${time}`).toISOString() : "";

/** Return a moment's day as a date field writes it: 2026-11-20. */
export function dayOf(moment: string): string {
  if (!moment) return "";
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
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
