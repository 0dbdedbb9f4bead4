import type { InterviewApi } from "./api";
import type { Flow, FlowEvent } from "./flow";
import type { Outbox } from "./outbox";

/** What the controller lends to those who do a part of its work. */
export interface Host {
  api: InterviewApi;
  flow: () => Flow;
  outbox: () => Outbox | null;
  devicesOpen: () => boolean;
  dispatch: (event: FlowEvent) => void;
  /** What goes wrong leads to its screen. */
  guarded: (act: () => Promise<void>) => Promise<void>;
  /** Ask again while the network is away. */
  persistently: <T>(call: () => Promise<T>) => Promise<T>;
  openQuestion: () => Promise<void>;
}
