import type { Submission } from "./api";
import type { Host } from "./host";

/** Answers that are not recorded: written, chosen, or a file. */
export class Writing {
  constructor(private readonly host: Host) {}

  /** Raises where the server does not take it, so that the screen can say why. */
  async handIn(answer: Submission | { question: string; file: File }): Promise<void> {
    const { api } = this.host;
    await this.host.persistently(() =>
      "file" in answer ? api.submitFile(answer.question, answer.file) : api.submit(answer),
    );
    this.host.dispatch({ type: "written" });
  }

  /** Come back to a question that has its answer. */
  async change(questionId: string): Promise<void> {
    this.host.dispatch({ type: "change", questionId });
    await this.host.guarded(async () => {
      await this.host.outbox()?.settled(questionId);
      await this.host.openQuestion();
    });
  }

  /** Leave the answer as it was. */
  leave(): void {
    this.host.dispatch({ type: "unchanged" });
  }
}
