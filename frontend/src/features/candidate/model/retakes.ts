import { merged } from "./flow";
import type { Host } from "./host";
import type { Fault } from "./types";

/** Answers that are given once more, and those that a fault spoilt. */
export class Retakes {
  constructor(private readonly host: Host) {}

  /** Take the answer just given once more, when the first one has arrived. */
  async tryAgain(): Promise<void> {
    const { step } = this.host.flow();
    if (step.name !== "between") return;
    this.host.dispatch({ type: "again" });
    await this.host.guarded(async () => {
      await this.host.outbox()?.settled(step.questionId);
      await this.host.openQuestion();
    });
  }

  /** Record an answer again that a fault spoilt: it does not count as another attempt. */
  async recordAgain(questionId: string, reason: string): Promise<void> {
    const item = this.host
      .outbox()
      ?.getItems()
      .find((one) => one.questionId === questionId);
    await this.host.guarded(async () => {
      if (item && !item.failure?.givenBack) {
        // What was said arrives first, if it can: it may be used all the same.
        await this.host
          .outbox()
          ?.settled(questionId)
          .catch(() => undefined);
        await this.host.persistently(() => this.host.api.reportFault(item.takeId, reason));
      }
      const interview = merged(
        this.host.flow(),
        await this.host.persistently(() => this.host.api.open()),
      );
      // Both at once: what is offered about the attempt belongs to the screen that comes now.
      if (item && !item.failure?.givenBack) this.host.outbox()?.giveBack(item.takeId);
      const devicesOpen = this.host.devicesOpen();
      this.host.dispatch({ type: "record_again", interview, questionId, devicesOpen });
      await this.host.openQuestion();
    });
  }

  /** Try to bring a failed answer over once more; until that fails too, it counts as given. */
  sendAgain(takeId: string, questionId: string): void {
    this.host.outbox()?.again(takeId);
    this.host.dispatch({ type: "kept_after_all", questionId });
  }

  /** Use what an attempt recorded that was given back, and do not record it again. */
  keepAfterAll(fault: Pick<Fault, "take" | "upload">, questionId: string): void {
    this.host.outbox()?.keep(fault, questionId);
    this.host.dispatch({ type: "kept_after_all", questionId });
  }
}
