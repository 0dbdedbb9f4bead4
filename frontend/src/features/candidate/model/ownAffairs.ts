import type { Handover } from "./api";
import type { Host } from "./host";
import type { SessionInfo } from "./types";

/** What is the candidate's own to decide and to say. Each raises where the server refuses it. */
export class OwnAffairs {
  constructor(private readonly host: Host) {}

  withdraw(): Promise<void> {
    return this.tell(() => this.host.api.withdraw());
  }

  rate(score: number, comment: string): Promise<void> {
    return this.tell(() => this.host.api.rate(score, comment));
  }

  askTeam(text: string): Promise<void> {
    return this.tell(() => this.host.api.askTeam(text));
  }

  handOver(): Promise<Handover> {
    return this.host.persistently(() => this.host.api.handOver());
  }

  private async tell(call: () => Promise<{ session: SessionInfo }>): Promise<void> {
    const { session } = await this.host.persistently(call);
    this.host.dispatch({ type: "session", session });
  }
}
