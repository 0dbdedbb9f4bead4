// Stands in for the types generated from backend/openapi.yaml (npm run api:types).
interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}
interface Answer<T> {
  200: { headers: Record<string, unknown>; content: { "application/json": T } };
}
interface At {
  path: { id: string };
  query?: never;
  header?: never;
  cookie?: never;
}
interface Asked<Query> {
  query?: Query;
  path?: never;
  header?: never;
  cookie?: never;
}
interface Get<T, Query = never> {
  parameters: Asked<Query>;
  requestBody?: never;
  responses: Answer<T>;
}
interface GetOne<T> {
  parameters: At;
  requestBody?: never;
  responses: Answer<T>;
}
interface Send<Body, T> {
  parameters: Asked<never>;
  requestBody: { content: { "application/json": Body } };
  responses: Answer<T>;
}
interface SendOne<Body, T> {
  parameters: At;
  requestBody: { content: { "application/json": Body } };
  responses: Answer<T>;
}
type Slice = { cursor?: string; page_size?: number };

export interface components {
  schemas: {
    Me: {
      id: string;
      email: string;
      full_name: string;
      language: "fr" | "en" | "ar";
      memberships: components["schemas"]["Membership"][];
    };
    Membership: {
      organization: { id: string; name: string; slug: string; brand_color: string };
      role: "admin" | "recruiter" | "reviewer";
    };
    HiringManager: {
      id: string;
      email: string;
      first_name: string;
      last_name: string;
      job_title: string;
      company: string;
      department: string;
      phone: string;
      language: "fr" | "en" | "ar";
    };
    Counts: {
      invited: number;
      started: number;
      in_progress: number;
      completed: number;
      expired: number;
      total: number;
      to_review: number;
    };
    Question: {
      id: string;
      position: number;
      text: string;
      preparation_seconds: number | null;
      answer_seconds: number | null;
      mandatory: boolean;
    };
    QuestionWrite: Omit<components["schemas"]["Question"], "id" | "position"> & { id?: string };
    CampaignBase: {
      title: string;
      job_title: string;
      introduction: string;
      language: "fr" | "en" | "ar";
      preparation_seconds: number;
      answer_seconds: number;
      max_questions: number;
      takes_allowed: number;
      starts_at: string | null;
      ends_at: string | null;
    };
    CampaignRow: components["schemas"]["CampaignBase"] & {
      id: string;
      status: "draft" | "open" | "closed" | "archived";
      version: number;
      counts: components["schemas"]["Counts"];
      question_count: number;
      created_at: string;
      updated_at: string;
    };
    Campaign: Omit<components["schemas"]["CampaignRow"], "question_count"> & {
      questions: components["schemas"]["Question"][];
    };
    CampaignWrite: components["schemas"]["CampaignBase"] & {
      questions: components["schemas"]["QuestionWrite"][];
    };
    Invitation: {
      first_name: string;
      last_name: string;
      email: string;
      phone?: string;
      linkedin_url?: string;
      language?: "fr" | "en" | "ar";
    };
    InvitationResult: {
      invited: {
        session_id: string;
        candidate: components["schemas"]["CandidateShort"];
        link: string;
        expires_at: string;
      }[];
      skipped: { email: string; code: string; detail: string }[];
    };
    Statistics: {
      invited: number;
      started: number;
      in_progress: number;
      completed: number;
      expired: number;
      withdrawn: number;
      total: number;
      completion_rate: number | null;
      average_answer_seconds: {
        question_id: string;
        position: number;
        text: string;
        average_answer_seconds: number | null;
        answers: number;
      }[];
      technical_error_rate: number | null;
      average_score: number | null;
      to_review: number;
    };
    CandidateShort: { id: string; first_name: string; last_name: string; email: string };
    SessionRow: {
      id: string;
      status: "invited" | "started" | "in_progress" | "completed" | "expired" | "withdrawn";
      candidate: components["schemas"]["CandidateShort"];
      campaign: { id: string; title: string };
      invited_at: string;
      started_at: string | null;
      completed_at: string | null;
      expires_at: string;
      answered: number;
      question_count: number;
      score: number | null;
      processing: boolean;
    };
    Session: components["schemas"]["SessionRow"] & {
      language: "fr" | "en" | "ar";
      responses: components["schemas"]["Response"][];
      timeline: { at: string; kind: string; data: Record<string, unknown> }[];
    };
    Recording: {
      id: string;
      state: "receiving" | "received" | "verified" | "ready" | "rejected" | "failed";
      reason: string | null;
      reason_detail: string | null;
      duration_ms: number | null;
      width: number | null;
      height: number | null;
      mime_type: string | null;
      has_video: boolean | null;
      has_audio: boolean | null;
      url: string | null;
      poster_url: string | null;
      grant_expires_at: string | null;
    };
    Evaluation: { id: string; score: number; notes: string; updated_at: string };
    Response: {
      id: string;
      session_id: string;
      candidate: components["schemas"]["CandidateShort"];
      campaign: { id: string; title: string };
      question: { id: string; position: number; text: string };
      submitted_at: string;
      late: boolean;
      answer_kind: "video" | "audio" | "skipped";
      recording: components["schemas"]["Recording"] | null;
      evaluation: components["schemas"]["Evaluation"] | null;
      evaluations_count: number;
    };
    CandidateRow: components["schemas"]["CandidateShort"] & {
      phone: string;
      linkedin_url: string;
      language: "fr" | "en" | "ar";
      created_at: string;
    };
    Candidate: components["schemas"]["CandidateRow"] & {
      sessions: {
        id: string;
        campaign: { id: string; title: string };
        status: components["schemas"]["SessionRow"]["status"];
      }[];
    };
  };
}

type S = components["schemas"];
type CampaignQuery = Slice & { status?: string; search?: string; ordering?: string };
type SessionQuery = CampaignQuery & { campaign?: string };

export interface paths {
  "/api/me/": {
    get: Get<S["Me"]>;
    patch: Send<{ full_name?: string; language?: "fr" | "en" | "ar" }, S["Me"]>;
  };
  "/api/hiring-managers/": { get: Get<Page<S["HiringManager"]>> };
  "/api/hiring-managers/{id}/": {
    put: SendOne<Omit<S["HiringManager"], "id" | "email">, S["HiringManager"]>;
  };
  "/api/campaigns/": {
    get: Get<Page<S["CampaignRow"]>, CampaignQuery>;
    post: Send<S["CampaignWrite"], S["Campaign"]>;
  };
  "/api/campaigns/{id}/": {
    get: GetOne<S["Campaign"]>;
    put: SendOne<S["CampaignWrite"], S["Campaign"]>;
    delete: GetOne<undefined>;
  };
  "/api/campaigns/{id}/open/": { post: GetOne<S["Campaign"]> };
  "/api/campaigns/{id}/close/": { post: GetOne<S["Campaign"]> };
  "/api/campaigns/{id}/invite_candidates/": {
    post: SendOne<{ candidates: S["Invitation"][] }, S["InvitationResult"]>;
  };
  "/api/campaigns/{id}/statistics/": { get: GetOne<S["Statistics"]> };
  "/api/sessions/": { get: Get<Page<S["SessionRow"]>, SessionQuery> };
  "/api/sessions/{id}/": { get: GetOne<S["Session"]> };
  "/api/sessions/{id}/link/": { get: GetOne<{ link: string }> };
  "/api/responses/{id}/": { get: GetOne<S["Response"]> };
  "/api/responses/{id}/evaluate/": {
    post: SendOne<{ score: number; notes: string }, S["Evaluation"]>;
  };
  "/api/candidates/": { get: Get<Page<S["CandidateRow"]>, Slice & { search?: string }> };
  "/api/candidates/{id}/": { get: GetOne<S["Candidate"]> };
}
