import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useFlow, useMegabytes, useOutbox, useWords } from "../context";
import { isUnderWay } from "../model/outboxItem";
import { Pace, steadyMinutes } from "../model/pace";
import { Lead, Progress, Title } from "../parts/controls";
import { Confirming, Delivery, sentOf } from "../parts/delivery";
import { KeepCopies } from "../parts/downloads";

const LOOK_MS = 1000;

/** Everything is on its way: a plain progress, until the server has it and has checked it. */
export function Sending() {
  const { t } = useWords();
  const { step } = useFlow();
  const arrived = step.name === "sending" && step.stage === "checking";
  return (
    <>
      <Title key={String(arrived)}>{t(arrived ? "sending.arrived" : "sending.title")}</Title>
      <Lead>{t(arrived ? "sending.arrivedLead" : "sending.lead")}</Lead>
      <div className="mt-8 grid gap-4">
        {arrived ? <p role="status">{t("sending.checking")}</p> : <OnTheWay />}
        <KeepCopies />
      </div>
    </>
  );
}

function OnTheWay() {
  const { t } = useWords();
  const items = useOutbox();
  const { bytes, total, percent } = sentOf(items);
  const size = useMegabytes();
  if (!items.some(isUnderWay)) return <Confirming />;
  const waiting = items.some((item) => item.waiting);
  return (
    <>
      <Progress value={percent} max={100} label={t("delivery.label")} />
      <p className="flex flex-wrap justify-between gap-x-4 text-ink-soft tabular-nums">
        <span>{t("sending.progress", { sent: size(bytes), total: size(total), percent })}</span>
        {!waiting && <TimeLeft sent={bytes} total={total} />}
      </p>
      {percent === 100 && <Delivery />}
    </>
  );
}

/** From the last seconds' pace; silent as long as it would be a guess. */
function TimeLeft({ sent, total }: { sent: number; total: number }) {
  const { t } = useWords();
  const pace = useRef(new Pace());
  const [minutes, setMinutes] = useState<number | null>(null);
  const look = useEffectEvent(() => {
    const seconds = pace.current.secondsLeft(performance.now(), sent, total);
    setMinutes((before) => steadyMinutes(before, seconds));
  });
  useEffect(() => {
    const timer = setInterval(() => look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (minutes === null || sent >= total) return null;
  return <span>{minutes ? t("sending.left", { count: minutes }) : t("sending.soon")}</span>;
}
