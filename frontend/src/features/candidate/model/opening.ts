import type { DeviceChoice, RecordingStation } from "@/recorder";

import type { Attendant } from "./attendant";
import { answerMs, currentQuestion, isAnswered, isSpoken, type Preparing, usualWay } from "./flow";
import type { Host } from "./host";
import type { Question, Way } from "./types";

/** What comes back after a reload gets at least this long to look at the question again. */
const SETTLE_MS = 5000;

export interface OpeningNeeds {
  station: RecordingStation;
  attendant: () => Attendant | null;
  openDevices: (choice: DeviceChoice) => Promise<void>;
  /** A device may have gone in the meantime. */
  followStation: () => void;
}

/** Opens questions, and the devices that their answers need. */
export class Opening {
  /** The devices as the candidate chose them. */
  choice: DeviceChoice = {};

  constructor(private readonly around: Host & OpeningNeeds) {}

  async openQuestion(): Promise<void> {
    const { step } = this.around.flow();
    const asked = currentQuestion(this.around.flow());
    if (step.name !== "opening" || !asked) return;
    const { api, guarded, persistently, dispatch } = this.around;
    await guarded(async () => {
      const way = usualWay(asked);
      if (isSpoken(way)) await this.makeReady(way, asked.id);
      const opened = await persistently(() => api.openQuestion(asked.id));
      const pace = this.pace(asked, Date.parse(opened.preparation_ends_at));
      dispatch({ type: "opened", question: opened.question, way, ...pace });
      this.around.followStation();
    });
  }

  /** Answer the question in another way than the usual one. */
  async takeWay(way: Way): Promise<void> {
    const { station, openDevices, dispatch } = this.around;
    if (isSpoken(way)) {
      if (station.getState().devices.kind !== "open") await openDevices(this.choice);
      await this.fitDevices(way);
    }
    dispatch({ type: "way", way });
    this.around.followStation();
  }

  /** Try an answer that does not count, or come back from it. */
  practise(practising: boolean): void {
    this.around.attendant()?.practise(practising);
    this.around.dispatch({ type: practising ? "practice" : "devices_lost" });
  }

  /** Practice is over, and the interview begins. */
  async practised(): Promise<void> {
    const { station, dispatch } = this.around;
    this.around.attendant()?.practise(false);
    await station.stop("candidate");
    station.leaveTake();
    dispatch({ type: "devices_ready" });
    await this.openQuestion();
  }

  private async makeReady(way: Way, questionId: string): Promise<void> {
    await this.fitDevices(way);
    await this.around.attendant()?.makeReady(answerMs(this.around.flow(), questionId) / 1000);
  }

  /** An answer in sound alone is recorded without a camera, whatever was open before. */
  private async fitDevices(way: Way): Promise<void> {
    const { station } = this.around;
    const { devices } = station.getState();
    if (devices.kind !== "open") return;
    const soundOnly = way === "audio" || Boolean(this.choice.soundOnly);
    if (devices.camera === soundOnly) await station.open({ ...this.choice, soundOnly });
  }

  /** How long the preparation is, and whether the recording starts by itself after it. */
  private pace(question: Question, planned: number): Pick<Preparing, "endsAt" | "auto"> {
    const { interview } = this.around.flow();
    // Who comes back to an answer may leave it as it is.
    if (interview?.accommodation?.no_limit || isAnswered(question)) {
      return { endsAt: null, auto: false };
    }
    if (interview?.campaign.preparation_mode === "soft") return { endsAt: planned, auto: false };
    return { endsAt: Math.max(planned, this.around.api.clock.now() + SETTLE_MS), auto: true };
  }
}
