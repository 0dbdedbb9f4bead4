import type { RecorderEvent, RecordingStation } from "@/recorder";
import { Lookout, type SpooledTake, tooMuchHeld, type UploadLine } from "@/recorder/delivery";

import type { InterviewApi } from "./api";
import type { EventLog } from "./eventLog";

/** What the session's log is told. Sizes and times, never whose device it is. */
const LOGGED = new Set<RecorderEvent["type"]>([
  "track_muted",
  "track_ended",
  "permission_withdrawn",
  "picture",
  "recording_started",
  "format_failed",
  "page_frozen",
  "page_slept",
  "storage",
  "spool",
  "line_hint",
]);

/** Does for the interview what the recorder's lookout sees to be needed. */
export class Attendant {
  private readonly lookout: Lookout;
  private practising = false;

  constructor(
    private readonly station: RecordingStation,
    private readonly api: Pick<InterviewApi, "probe">,
    log: EventLog,
  ) {
    station.subscribe(({ type, ...data }) => {
      if (LOGGED.has(type)) log.add(type, { ...data, ...(this.practising && { practice: true }) });
    });
    this.lookout = new Lookout(station);
  }

  get line(): UploadLine {
    return this.lookout.line;
  }

  /** What is recorded from now on is for practice, and logged as such. */
  practise(practising: boolean): void {
    this.practising = practising;
  }

  /** While the devices are tried, there is time to try the way to the server as well. */
  devicesOpened(): void {
    void this.lookout.probe((bytes) => this.api.probe(bytes));
  }

  /** Before a question: the camera in order, and room on the device for an answer. */
  async makeReady(answerSeconds: number): Promise<void> {
    await this.station.prepare();
    await this.lookout.checkRoom(answerSeconds);
  }

  /** Stop an answer that neither the device nor the way to the server takes any more of. */
  mind(take: SpooledTake, acknowledged: () => number): void {
    take.onChange(() => {
      if (tooMuchHeld(take.heldBeyond(acknowledged()))) void this.station.stop("storage_full");
    });
  }
}
