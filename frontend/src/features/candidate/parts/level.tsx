import { useEffect, useRef, useState } from "react";

import { createLevelMeter } from "@/recorder";

import { useController, useWords } from "../context";

const HEARD_ABOVE = 0.35;
const PATIENCE_MS = 5000;

type Hearing = "listening" | "heard" | "silent";

/** How loud the microphone is, and in words whether anything is heard. */
export function Level() {
  const { t } = useWords();
  const { station } = useController();
  const bar = useRef<HTMLDivElement>(null);
  const [hearing, setHearing] = useState<Hearing>("listening");

  useEffect(() => {
    const { stream } = station;
    if (!stream) return;
    const meter = createLevelMeter(stream);
    const patience = setTimeout(
      () => setHearing((before) => (before === "heard" ? before : "silent")),
      PATIENCE_MS,
    );
    let frame = requestAnimationFrame(function draw() {
      const level = meter.read();
      // Straight to the element: sixty renders a second would be wasted.
      if (bar.current) bar.current.style.width = `${Math.round(level * 100)}%`;
      if (level > HEARD_ABOVE) setHearing("heard");
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(patience);
      meter.close();
    };
  }, [station]);

  return (
    <div>
      <div aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-line">
        <div ref={bar} className="h-full rounded-full bg-accent-ink" />
      </div>
      <p role="status" className="mt-2 text-sm text-ink-soft">
        {t(`level.${hearing}`)}
      </p>
    </div>
  );
}
