import { Signal, Volume2 } from "lucide-react";
import { useEffect, useState } from "react";

import { estimatedBytes, isSlowLine, nextQuality, playChime } from "@/recorder";

import { useInterview, useMegabytes, useStation, useWords } from "../context";
import { Button } from "./controls";
import { useHidesSelf } from "./preview";

const MEASURED_WITHIN_MS = 8000;

/** Whether what the page plays is heard: prompts and recordings have sound. */
export function Speakers() {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<"speakers.played" | "speakers.failed" | null>(null);
  const play = () =>
    playChime().then(
      () => setOutcome("speakers.played"),
      () => setOutcome("speakers.failed"),
    );
  return (
    <div>
      <Heading icon={<Volume2 aria-hidden="true" className="size-5" />}>
        {t("speakers.title")}
      </Heading>
      <Button look="secondary" onClick={() => void play()}>
        {t("speakers.play")}
      </Button>
      <p role="status" className="text-sm text-ink-soft not-empty:mt-2">
        {outcome && t(outcome)}
      </p>
    </div>
  );
}

/** How fast answers will leave, how much they are, and that a slow line stops nobody. */
export function Network() {
  const { t } = useWords();
  const { questions } = useInterview();
  const quality = nextQuality(useStation());
  const seconds = questions.reduce((sum, one) => sum + one.answer_seconds, 0);
  const size = useMegabytes("long")(estimatedBytes(quality, seconds));
  const line = useLineWords();
  return (
    <div>
      <Heading icon={<Signal aria-hidden="true" className="size-5" />}>
        {t("network.title")}
      </Heading>
      <p role="status" className="text-sm leading-relaxed text-ink-soft">
        {line}
      </p>
      <p className="mt-1 text-sm text-ink-soft">{t("network.total", { size })}</p>
    </div>
  );
}

function useLineWords(): string {
  const { t, number } = useWords();
  const state = useStation();
  const { bitsPerSecond, metered } = state.line;
  const late = useLate(MEASURED_WITHIN_MS);
  if (bitsPerSecond !== null) {
    const speed = number(bitsPerSecond / 1_000_000, {
      style: "unit",
      unit: "megabit-per-second",
      maximumFractionDigits: 1,
    });
    return t(isSlowLine(state) ? "network.slow" : "network.good", { speed });
  }
  if (metered) return t("network.metered");
  return t(late ? "network.unknown" : "network.measuring");
}

function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

/** After the framing is checked, nobody need look at themself. */
export function SelfViewChoice() {
  const { t } = useWords();
  const [hidden, setHidden] = useHidesSelf();
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 leading-relaxed">
      <input
        type="checkbox"
        checked={hidden}
        onChange={(event) => setHidden(event.target.checked)}
        className="mt-0.5 size-6 shrink-0 accent-accent"
      />
      <span>
        {t("selfview.choice")}
        <span className="block text-sm text-ink-soft">{t("selfview.help")}</span>
      </span>
    </label>
  );
}

export function Heading({ icon, children }: { icon: React.ReactNode; children: string }) {
  return (
    <h2 className="mb-3 flex items-center gap-2 font-semibold">
      {icon}
      {children}
    </h2>
  );
}
