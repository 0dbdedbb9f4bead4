import { ApiError } from "@/api/errors";
import type { RecordingStation } from "@/recorder";
import type { Spool, SpooledTake } from "@/recorder/delivery";

import type { Attendant } from "./attendant";
import type { LeftBehind, Outbox } from "./outbox";
import type { Later, Surroundings } from "./surroundings";
import type { Interview } from "./types";

export const NOTHING_LEFT: LeftBehind = { kept: [], interrupted: [] };

/** What this device keeps of an interview, and what brings it to the server. */
export class DeviceKeep {
  spool: Spool | null = null;
  outbox: Outbox | null = null;
  /** This page, and no other tab, takes care of what is kept. */
  isOurs = false;
  attendant: Attendant | null = null;

  constructor(
    private readonly around: Surroundings,
    private readonly station: RecordingStation,
    private readonly onLost: () => void,
  ) {}

  /**
   * Send what an earlier page left; once for each page. Raises "other_tab" where that page lives:
   * what it records is not to be touched.
   */
  async resume(interview: Interview): Promise<LeftBehind> {
    if (this.isOurs) return NOTHING_LEFT;
    const { Attendant, Heartbeat } = await this.fetchLater();
    const { api, locks, log } = this.around;
    if (!(await Heartbeat.begin(interview.session.id, locks, this.onLost))) {
      throw new ApiError(409, "other_tab", "");
    }
    const outbox = await this.open(interview);
    this.attendant ??= new Attendant(this.station, api, log);
    outbox.sending.line = this.attendant.line;
    this.isOurs = true;
    return outbox.resume(interview.questions.flatMap(({ fault }) => fault ?? []));
  }

  /** Another page took over: what is kept is its own now. */
  leave(): void {
    this.isOurs = false;
    this.outbox?.leave();
  }

  /** Another tab has the interview; what it keeps can be saved from here all the same. */
  async peek(interview: Interview): Promise<void> {
    if (interview.session.consented) await (await this.open(interview)).peek();
  }

  /** Watch that a take does not outgrow what the device can hold of it. */
  mind(take: SpooledTake): void {
    const sent = () =>
      this.outbox?.getItems().find(({ takeId }) => takeId === take.record.takeId)?.sent ?? 0;
    this.attendant?.mind(take, sent);
  }

  private async open({ session, spool_key }: Interview): Promise<Outbox> {
    if (this.outbox && !this.outbox.hasLeft) return this.outbox;
    const { api, log, network } = this.around;
    const { Spool, Outbox } = await this.fetchLater();
    this.spool = await Spool.open(session.id, spool_key);
    this.outbox = new Outbox(api, this.spool, (kind, data) => log.add(kind, data), network);
    return this.outbox;
  }

  async fetchLater(): Promise<Later> {
    try {
      return await this.around.fetchLater();
    } catch {
      // Browsers word a file that did not come in many ways; it means the same.
      throw new ApiError(0, "network", "");
    }
  }
}
