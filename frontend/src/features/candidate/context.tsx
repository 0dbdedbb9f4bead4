import { createContext, useContext, useSyncExternalStore } from "react";

import { type CandidateKey, useTypedI18n } from "@/lib/i18n";

import type { InterviewController } from "./model/controller";
import type { Interview } from "./model/types";
import type { OutboxItem } from "./model/outboxItem";

export const ControllerContext = createContext<InterviewController | null>(null);

export function useController(): InterviewController {
  const controller = useContext(ControllerContext);
  if (!controller) throw new Error("outside ControllerContext");
  return controller;
}

export function useFlow() {
  const controller = useController();
  return useSyncExternalStore(controller.subscribe, controller.getFlow);
}

/** The interview, on every screen that comes after it was loaded. */
export function useInterview(): Interview {
  const { interview } = useFlow();
  if (!interview) throw new Error("no interview yet");
  return interview;
}

export function useStation() {
  const { station } = useController();
  return useSyncExternalStore(station.subscribe, station.getState);
}

/** The newest receipt: the checksums come as the server has checked each file. */
export function useReceipt() {
  const { outbox } = useController();
  return useSyncExternalStore(outbox?.subscribe ?? neverChanges, outbox?.getReceipt ?? nothingYet);
}

const nothingYet = () => null;
const NOTHING: readonly OutboxItem[] = [];
const neverChanges = () => () => undefined;

export function useOutbox(): readonly OutboxItem[] {
  const { outbox } = useController();
  return useSyncExternalStore(
    outbox?.subscribe ?? neverChanges,
    outbox?.getItems ?? (() => NOTHING),
  );
}

export const useWords = () => useTypedI18n<CandidateKey>();

export function useMegabytes(unitDisplay: "short" | "long" = "short"): (bytes: number) => string {
  const { number } = useWords();
  const unit = { style: "unit", unit: "megabyte", unitDisplay } as const;
  const maximumFractionDigits = unitDisplay === "long" ? 0 : 1;
  return (bytes) => number(bytes / 1_000_000, { ...unit, maximumFractionDigits });
}

/** A length of time in words: "1 minute and 30 seconds". */
export function useDuration(): (seconds: number) => string {
  const { number, list } = useWords();
  const unit = (value: number, name: "minute" | "second") =>
    value > 0 ? [number(value, { style: "unit", unit: name, unitDisplay: "long" })] : [];
  return (seconds) =>
    list([...unit(Math.floor(seconds / 60), "minute"), ...unit(seconds % 60, "second")]);
}
