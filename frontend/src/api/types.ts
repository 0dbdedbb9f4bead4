import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Membership = Schemas["Membership"];
export type Role = Membership["role"];
export type Language = Schemas["Language"];
export type HiringManager = Schemas["HiringManager"];
export type HiringManagerWrite = Schemas["HiringManagerWriteRequest"];
export type CampaignRow = Schemas["CampaignList"];
export type Campaign = Schemas["Campaign"];
export type CampaignWrite = Schemas["CampaignWriteRequest"];
export type CampaignStatus = Schemas["CampaignStatus"];
export type Counts = Schemas["CampaignCounts"];
export type Question = Schemas["Question"];
export type Statistics = Schemas["Statistics"];
export type Invitation = Schemas["InviteeRequest"];
export type InvitationResult = Schemas["Invitations"];
export type SessionRow = Schemas["Session"];
export type SessionStatus = SessionRow["status"];
export type Session = Schemas["SessionDetail"];
export type Response = Schemas["Response"];
export type Recording = Schemas["Recording"];
export type Evaluation = Schemas["Evaluation"];
export type CandidateRow = Schemas["Candidate"];
export type Candidate = Schemas["CandidateDetail"];
