import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Membership = Schemas["Membership"];
export type Role = Membership["role"];
export type HiringManager = Schemas["HiringManager"];
export type CampaignRow = Schemas["CampaignRow"];
export type Campaign = Schemas["Campaign"];
export type CampaignWrite = Schemas["CampaignWrite"];
export type CampaignStatus = CampaignRow["status"];
export type Counts = Schemas["Counts"];
export type Question = Schemas["Question"];
export type Statistics = Schemas["Statistics"];
export type Invitation = Schemas["Invitation"];
export type InvitationResult = Schemas["InvitationResult"];
export type SessionRow = Schemas["SessionRow"];
export type SessionStatus = SessionRow["status"];
export type Session = Schemas["Session"];
export type Response = Schemas["Response"];
export type Recording = Schemas["Recording"];
export type Evaluation = Schemas["Evaluation"];
export type CandidateRow = Schemas["CandidateRow"];
export type Candidate = Schemas["Candidate"];

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}
