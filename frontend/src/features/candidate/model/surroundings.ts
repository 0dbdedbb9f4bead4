import type { Support } from "@/recorder";

import type { InterviewApi } from "./api";
import type { EventLog } from "./eventLog";

export type Later = Pick<
  typeof import("../later"),
  "Attendant" | "Heartbeat" | "Helpers" | "Outbox" | "Spool"
>;

export interface Surroundings {
  api: InterviewApi;
  log: EventLog;
  support: Support;
  media: MediaDevices;
  claimTab: (sessionId: string) => Promise<boolean>;
  /** Whether that claim ends with this page, whatever becomes of it. */
  locks: boolean;
  /** Fetch what comes later, while the network is there. */
  fetchLater: () => Promise<Later>;
  /** The link has been used: it leaves the address bar. */
  forgetLink: () => void;
  network: EventTarget;
}
