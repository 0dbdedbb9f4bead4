import type { CampaignStatus, SessionRow } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Badge, type Tone } from "@/ui/badge";

export const CAMPAIGN_STATUSES = ["draft", "open", "closed", "archived"] as const;
export const SESSION_STATUSES = [
  "invited",
  "started",
  "in_progress",
  "completed",
  "expired",
  "withdrawn",
] as const;

const CAMPAIGN_TONES: Record<CampaignStatus, Tone> = {
  draft: "neutral",
  open: "good",
  closed: "wait",
  archived: "neutral",
};

export function CampaignBadge({ status }: { status: CampaignStatus }) {
  const { t } = useI18n();
  return <Badge tone={CAMPAIGN_TONES[status]}>{t(`campaignStatus.${status}`)}</Badge>;
}

/** A session as a reviewer thinks of it: "completed" says too little. */
type Standing =
  Exclude<SessionRow["status"], "completed"> | "processing" | "to_review" | "reviewed";

const SESSION_TONES: Record<Standing, Tone> = {
  invited: "neutral",
  started: "wait",
  in_progress: "wait",
  processing: "wait",
  to_review: "accent",
  reviewed: "good",
  expired: "bad",
  withdrawn: "neutral",
};

type Judged = Pick<SessionRow, "status" | "processing" | "to_review">;

export function standingOf({ status, processing, to_review }: Judged): Standing {
  if (status !== "completed") return status;
  if (to_review === 0) return "reviewed";
  return processing ? "processing" : "to_review";
}

export function SessionBadge({ session }: { session: Judged }) {
  const { t } = useI18n();
  const standing = standingOf(session);
  return <Badge tone={SESSION_TONES[standing]}>{t(`standing.${standing}`)}</Badge>;
}
