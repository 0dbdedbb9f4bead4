import type {
  BankQuestion,
  Effect,
  Template,
  Campaign,
  CampaignRow,
  Candidate,
  Counts,
  HiringManager,
  Me,
  Response,
  Role,
  Session,
  SessionRow,
  Statistics,
} from "@/api/types";

/** The cast of the tests: one organisation, its people, its interviews. */
export const organization = {
  id: "org-1",
  name: "Atelier Nord",
  slug: "atelier-nord",
  brand_color: "#00655c",
};

export const me = (role: Role = "recruiter"): Me =>
  ({
    id: "user-1",
    email: "claire@atelier-nord.test",
    first_name: "Claire",
    last_name: "Haddad",
    full_name: "Claire Haddad",
    language: "fr",
    memberships: [{ organization, role }],
  }) as Me;

export const profile: HiringManager = {
  id: "profile-1",
  email: "claire@atelier-nord.test",
  first_name: "Claire",
  last_name: "Haddad",
  job_title: "Responsable du recrutement",
  company: "Atelier Nord",
  department: "Ressources humaines",
  phone: "+212 600 000 001",
  language: "fr",
};

export const counts = (part: Partial<Counts> = {}): Counts => ({
  invited: 4,
  started: 1,
  in_progress: 2,
  completed: 5,
  expired: 0,
  total: 12,
  to_review: 3,
  ...part,
});

export const campaign = (part: Partial<Campaign> = {}): Campaign => ({
  id: "campaign-1",
  title: "Commercial terrain – Lyon",
  job_title: "Commercial",
  company: "",
  department: "",
  introduction: "Nous cherchons quelqu’un qui aime la route.",
  introduction_prompt: null,
  invitation_text: "",
  language: "fr",
  time_zone: "Africa/Casablanca",
  status: "open",
  version: 1,
  version_started: 0,
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
  reply_by: null,
  reminder_days: [],
  starts_at: "2026-11-10T09:00:00Z",
  ends_at: "2026-12-31T22:59:59Z",
  counts: counts(),
  created_at: "2026-11-10T09:00:00Z",
  updated_at: "2026-11-10T09:00:00Z",
  questions: [
    question(1, "Présentez-vous en une minute."),
    question(2, "Racontez une vente dont vous êtes fier."),
    { ...question(3, "Une question pour nous ?"), mandatory: false },
  ],
  ...part,
});

export const noEffect: Effect = { version: 1, new_version: false, changes: [], started: 0 };

export const template = (part: Partial<Template> = {}): Template => ({
  id: "template-1",
  name: "Premier entretien",
  built_in: true,
  campaign: {
    job_title: "",
    company: "",
    department: "",
    introduction: "",
    invitation_text: "",
    language: "fr",
    time_zone: "Africa/Casablanca",
    reminder_days: [],
    preparation_mode: "hard",
    preparation_seconds: 60,
    answer_seconds: 120,
    max_questions: 4,
    takes_allowed: 2,
    review_own_take: true,
    going_back: false,
    practice: true,
    shuffled: false,
    closing_minute: false,
    questions_to_team: false,
    questions: [
      { text: "Présentez-vous.", answer_by: "video", mandatory: true },
      { text: "Et ensuite ?", answer_by: "video", mandatory: true, answer_seconds: 180 },
    ],
  },
  created_at: null,
  ...part,
});

export const bankQuestion = (part: Partial<BankQuestion> = {}): BankQuestion => ({
  id: "bank-1",
  category: "Horaires",
  text: "Quel horaire préférez-vous ?",
  answer_by: "choice",
  choices: ["Matin", "Soir"],
  preparation_seconds: null,
  answer_seconds: 60,
  mandatory: true,
  created_at: "2026-11-10T09:00:00Z",
  ...part,
});

function question(position: number, text: string): Campaign["questions"][number] {
  return {
    id: `question-${position}`,
    position,
    text,
    answer_by: "video",
    choices: [],
    prompt: null,
    preparation_seconds: null,
    answer_seconds: null,
    mandatory: true,
  };
}

export function campaignRow(part: Partial<CampaignRow> = {}): CampaignRow {
  const { questions, ...rest } = campaign();
  return { ...rest, question_count: questions.length, ...part };
}

export const statistics: Statistics = {
  ...counts(),
  withdrawn: 0,
  completion_rate: 0.82,
  technical_error_rate: 0.01,
  average_score: 6.8,
  ever_started: 8,
  completion_rate_of_started: 0.625,
  sessions_with_trouble: 1,
  sessions_late: 2,
  takes_per_answer: 1.2,
  devices: { desktop: 5, tablet: 0, mobile: 2, unknown: 1 },
  satisfaction: { answers: 5, mean: 4.4, by_score: [0, 1, 0, 0, 4] },
  time_to_complete: {
    from_start_median_seconds: 780,
    from_start_most_seconds: 1500,
    from_invitation_median_seconds: 93_600,
    from_invitation_most_seconds: 400_000,
  },
  questions: [
    {
      question_id: "question-1",
      position: 1,
      text: "Présentez-vous en une minute.",
      answer_by: "video",
      opened: 8,
      answered: 5,
      skipped: 0,
      left: 2,
      takes: 6,
      takes_per_answer: 1.2,
      average_answer_seconds: 84,
    },
  ],
};

export const person = (first_name: string, last_name: string) => ({
  id: `candidate-${last_name}`,
  first_name,
  last_name,
  email: `${first_name}.${last_name}@exemple.test`.toLowerCase(),
});

export const sessionRow = (part: Partial<SessionRow> = {}): SessionRow => ({
  id: "session-1",
  status: "completed",
  candidate: person("Nadia", "Roux"),
  campaign: { id: "campaign-1", title: "Commercial terrain – Lyon" },
  invited_at: "2026-11-17T09:00:00Z",
  started_at: "2026-11-18T15:40:00Z",
  completed_at: "2026-11-18T16:00:00Z",
  expires_at: "2026-12-17T09:00:00Z",
  answered: 3,
  question_count: 3,
  score: null,
  to_review: 3,
  processing: false,
  late: false,
  trouble: false,
  device: null,
  ...part,
});

export const recording = (
  part: Partial<NonNullable<Response["recording"]>> = {},
): NonNullable<Response["recording"]> => ({
  id: "recording-1",
  state: "ready",
  reason: null,
  reason_text: null,
  duration_ms: 83_000,
  width: 1280,
  height: 720,
  mime_type: "video/webm",
  has_video: true,
  has_audio: true,
  url: "/api/recordings/recording-1/video/?grant=one",
  poster_url: null,
  plays_everywhere: true,
  storyboard: null,
  waveform: null,
  loudness_lufs: null,
  peak_dbfs: null,
  captions: [],
  grant_expires_at: "2026-11-20T18:00:00Z",
  ...part,
});

export function response(position: number, part: Partial<Response> = {}): Response {
  const { id, text } = question(position, campaign().questions[position - 1]?.text ?? "");
  const { candidate, campaign: of } = sessionRow();
  return {
    id: `response-${position}`,
    session_id: "session-1",
    candidate,
    campaign: of,
    question: { id, position, text },
    submitted_at: "2026-11-18T15:55:00Z",
    late: false,
    given_back: false,
    reopened_at: null,
    answer_kind: "video",
    recording: recording({ id: `recording-${position}` }),
    written: "",
    chosen: [],
    attachment: null,
    evaluation: null,
    evaluations_count: 0,
    ...part,
  };
}

export const session = (part: Partial<Session> = {}): Session => ({
  ...sessionRow(),
  language: "fr",
  responses: [response(1), response(2), response(3)],
  question_to_team: "",
  timeline: [
    { at: "2026-11-17T09:00:00Z", source: "server", kind: "invited", data: {} },
    { at: "2026-11-18T15:40:00Z", source: "server", kind: "started", data: {} },
    {
      at: "2026-11-18T15:42:00Z",
      source: "server",
      kind: "question_opened",
      data: { question: "question-1", position: 1 },
    },
    {
      at: "2026-11-18T15:45:00Z",
      source: "server",
      kind: "response_submitted",
      data: { question: "question-1", late: false },
    },
    { at: "2026-11-18T16:00:00Z", source: "server", kind: "completed", data: {} },
  ],
  ...part,
});

export const candidate: Candidate = {
  ...person("Nadia", "Roux"),
  phone: "+33 6 00 00 00 00",
  linkedin_url: "https://www.linkedin.com/in/nadia-roux",
  language: "fr",
  created_at: "2026-11-17T09:00:00Z",
  sessions: [
    {
      id: "session-1",
      campaign: { id: "campaign-1", title: "Commercial terrain – Lyon" },
      status: "completed",
    },
  ],
};
