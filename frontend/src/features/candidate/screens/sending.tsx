import { useEffect, useRef, useState } from "react";

import { useOutbox, useWords } from "../context";
import { Lead, Progress, Title } from "../parts/controls";
import { Delivery, percentSent } from "../parts/delivery";

/** Everything is on its way: a plain progress, until the server has it. */
export function Sending() {
  const { t } = useWords();
  const items = useOutbox();
  const sending = items.some((item) => item.phase === "sending");
  return (
    <>
      <Title>{t("sending.title")}</Title>
      <Lead>{t("sending.lead")}</Lead>
      <div className="mt-8 grid gap-4">
        {sending ? (
          <Delivery />
        ) : (
          <Progress value={percentSent(items)} max={100} label={t("delivery.label")} />
        )}
        <TimeLeft />
      </div>
    </>
  );
}

/** Measured over the time this screen is open; silent as long as it would be a guess. */
function TimeLeft() {
  const { t } = useWords();
  const items = useOutbox();
  const left = items.reduce((sum, item) => sum + Math.max(0, item.total - item.sent), 0);
  const begun = useRef<{ at: number; left: number } | null>(null);
  const [minutes, setMinutes] = useState<number | null>(null);

  useEffect(() => {
    begun.current ??= { at: performance.now(), left };
    const elapsed = performance.now() - begun.current.at;
    const sent = begun.current.left - left;
    if (elapsed < 3000 || sent <= 0) return;
    setMinutes(Math.ceil((left / sent) * (elapsed / 60_000)));
  }, [left]);

  if (minutes === null || left === 0) return null;
  return <p className="text-ink-soft">{t("sending.left", { count: minutes })}</p>;
}
