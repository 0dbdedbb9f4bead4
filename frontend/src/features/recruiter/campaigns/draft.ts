import type { Campaign, CampaignWrite } from "@/api/types";

/** A question while it is being written; its key holds it in place until the server names it. */
export interface QuestionDraft {
  key: string;
  id?: string;
  text: string;
  preparation_seconds: number | null;
  answer_seconds: number | null;
  mandatory: boolean;
}

export interface CampaignDraft extends Omit<CampaignWrite, "questions" | "starts_at" | "ends_at"> {
  /** Days as the date field writes them: 2026-11-20, or nothing. */
  starts_on: string;
  ends_on: string;
  questions: QuestionDraft[];
}

export const newQuestion = (): QuestionDraft => ({
  key: crypto.randomUUID(),
  text: "",
  preparation_seconds: null,
  answer_seconds: null,
  mandatory: true,
});

export const emptyDraft = (language: CampaignDraft["language"]): CampaignDraft => ({
  title: "",
  job_title: "",
  introduction: "",
  language,
  preparation_seconds: 60,
  answer_seconds: 120,
  max_questions: 10,
  takes_allowed: 1,
  starts_on: "",
  ends_on: "",
  questions: [newQuestion()],
});

export function draftOf(campaign: Campaign): CampaignDraft {
  const { title, job_title, introduction, language, max_questions, takes_allowed } = campaign;
  const { preparation_seconds, answer_seconds } = campaign;
  return {
    title,
    job_title,
    introduction,
    language,
    max_questions,
    takes_allowed,
    preparation_seconds,
    answer_seconds,
    starts_on: dayOf(campaign.starts_at),
    ends_on: dayOf(campaign.ends_at),
    questions: campaign.questions.map(({ position: _, ...question }) => ({
      ...question,
      key: question.id,
    })),
  };
}

/** A campaign begins at the start of its first day and ends at the end of its last, here. */
export function bodyOf({ starts_on, ends_on, questions, ...rest }: CampaignDraft): CampaignWrite {
  return {
    ...rest,
    starts_at: starts_on ? new Date(`${starts_on}T00:00:00`).toISOString() : null,
    ends_at: ends_on ? new Date(`${ends_on}T23:59:59`).toISOString() : null,
    questions: questions.map(({ key: _, ...question }) => question),
  };
}

function dayOf(moment: string | null): string {
  if (moment === null) return "";
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** How long an interview takes at most: each question's preparation and answer. */
export const totalSeconds = (draft: CampaignDraft): number =>
  draft.questions.reduce(
    (sum, { preparation_seconds, answer_seconds }) =>
      sum +
      (preparation_seconds ?? draft.preparation_seconds) +
      (answer_seconds ?? draft.answer_seconds),
    0,
  );

/** Return the list with one item taken to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.toSpliced(from, 1);
  const [item] = items.slice(from, from + 1);
  return item === undefined ? [...items] : rest.toSpliced(to, 0, item);
}

const storageKey = (id: string | null) => `jobgate.campaign.${id ?? "new"}`;

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
