import type { Session } from "@/api/types";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";

type Entry = Session["timeline"][number];

interface Wording {
  key: RecruiterKey;
  /** For support: shown when asked for. */
  isDetail?: boolean;
  isTrouble?: boolean;
}

const told = (key: RecruiterKey): Wording => ({ key });
const trouble = (key: RecruiterKey): Wording => ({ key, isTrouble: true });
const detail = (key: RecruiterKey): Wording => ({ key, isDetail: true });

/** The log's kinds in words, by who wrote them; what is not here is for machines alone. */
const SERVER: Record<string, Wording> = {
  resent: told("timeline.resent"),
  link_renewed: told("timeline.linkRenewed"),
  started: told("timeline.started"),
  consented: told("timeline.consented"),
  in_progress: told("timeline.inProgress"),
  entered: detail("timeline.entered"),
  taken_over: told("timeline.takenOver"),
  handover_used: told("timeline.handoverUsed"),
  heartbeat_lost: trouble("timeline.heartbeatLost"),
  question_opened: told("timeline.questionOpened"),
  question_skipped: told("timeline.questionSkipped"),
  question_reopened: told("timeline.questionReopened"),
  take_opened: detail("timeline.takeOpened"),
  response_submitted: told("timeline.responseSubmitted"),
  take_given_back: trouble("timeline.takeGivenBack"),
  fault_not_believed: trouble("timeline.faultNotBelieved"),
  fault_after_end: trouble("timeline.faultAfterEnd"),
  reopened: told("timeline.reopened"),
  asked_again: told("timeline.askedAgain"),
  answer_kept: told("timeline.answerKept"),
  recording_ready: detail("timeline.recordingReady"),
  recording_failed: trouble("timeline.recordingFailed"),
  language_changed: told("timeline.languageChanged"),
  extended: told("timeline.extended"),
  accommodated: told("timeline.accommodated"),
  completed: told("timeline.completed"),
  expired: told("timeline.expired"),
  withdrawn: told("timeline.withdrawn"),
  satisfaction_given: detail("timeline.satisfied"),
  team_asked: told("timeline.teamAsked"),
};

const PAGE: Record<string, Wording> = {
  page_opened: detail("timeline.pageOpened"),
  page_left: detail("timeline.pageLeft"),
  page_hidden: detail("timeline.tabHidden"),
  page_shown: detail("timeline.tabShown"),
  offline: trouble("timeline.offline"),
  online: told("timeline.online"),
  devices_lost: trouble("timeline.devicesLost"),
  recording_failed: trouble("timeline.recordingTrouble"),
  page_error: { key: "timeline.pageError", isDetail: true, isTrouble: true },
};

export interface TimelineEvent {
  id: string;
  at: string;
  text: string;
  isTrouble: boolean;
}

/** What happened in the session, in words and in its order. */
export function useEvents(session: Session, isDetailed: boolean): TimelineEvent[] {
  const { t } = useI18n();
  const device = useDevice();
  const positions = positionsOf(session);
  const shown = session.timeline.flatMap((entry, index) => {
    const wording = (entry.source === "page" ? PAGE : SERVER)[entry.kind];
    if (!wording || (wording.isDetail && !isDetailed)) return [];
    const text = t(wording.key, {
      position: positions.get(entry.data["question"]) ?? "–",
      number: Number(entry.data["number"] ?? 0),
      device: device(entry.data),
    });
    const { isTrouble = false } = wording;
    return [{ id: `${index} ${entry.kind}`, at: entry.at, text, isTrouble }];
  });
  const invited = { id: "invited", at: session.invited_at, isTrouble: false };
  return [{ ...invited, text: t("timeline.invited") }, ...shown];
}

/** The log names questions by their id; people know them by their place. */
const positionsOf = (session: Session) =>
  new Map<unknown, number>([
    ...session.responses.map(({ question }) => [question.id, question.position] as const),
    ...session.timeline
      .filter(({ data }: Entry) => typeof data["position"] === "number")
      .map(({ data }) => [data["question"], Number(data["position"])] as const),
  ]);

const KINDS = ["desktop", "tablet", "mobile"] as const;

/** "Phone, Safari 18, iOS" */
function useDevice() {
  const { t, list } = useI18n();
  return (found: unknown): string => {
    if (typeof found !== "object" || found === null) return t("timeline.unknownDevice");
    const { kind, browser, version, system } = found as Record<string, unknown>;
    const known = KINDS.find((one) => one === kind);
    const name = [browser, version].filter(Boolean).join(" ");
    const parts = [known ? t(`device.${known}`) : "", name, system].filter(
      (part): part is string => typeof part === "string" && part !== "",
    );
    return parts.length ? list(parts) : t("timeline.unknownDevice");
  };
}
