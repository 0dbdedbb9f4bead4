import { Circle, RotateCcw, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { useController, useFlow, useStation, useWords } from "../context";
import { nextQuestion } from "../model/flow";
import { PracticeTake } from "../model/practice";
import { Actions, Banner, Button, Dock, Lead, Title } from "../parts/controls";
import { Countdown } from "../parts/countdown";
import { Playback } from "../parts/playback";
import { SelfView } from "../parts/preview";

const PRACTICE_SECONDS = 60;

/** A question that does not count: recorded, looked at, and gone. */
export function Practice() {
  const { t } = useWords();
  const { endsAt, blob, failed, begin, stop } = usePractice();
  return (
    <>
      <Title>{t("practice.title")}</Title>
      <Lead>{t("practice.lead")}</Lead>
      <p className="mt-4 mb-6 text-lg font-semibold">{t("practice.question")}</p>
      {failed && (
        <Banner tone="wait" role="alert">
          {t("practice.failed")}
        </Banner>
      )}
      {blob ? (
        <div className="grid gap-4 lg:max-w-2xl">
          <p role="status">{t("practice.recorded")}</p>
          <Playback blob={blob} />
        </div>
      ) : (
        <SelfView />
      )}
      {endsAt === null ? (
        <Ways practised={blob !== null} begin={begin} />
      ) : (
        <Dock>
          <Countdown
            endsAt={endsAt}
            totalSeconds={PRACTICE_SECONDS}
            label={t("answer.left")}
            onEnd={stop}
          />
          <Button look="stop" onClick={stop}>
            <Square aria-hidden="true" className="fill-current" />
            {t("practice.stop")}
          </Button>
        </Dock>
      )}
    </>
  );
}

function Ways({ practised, begin }: { practised: boolean; begin: () => void }) {
  const { t } = useWords();
  const controller = useController();
  const next = nextQuestion(useFlow());
  const ready = (
    <Button
      look={practised ? "primary" : "secondary"}
      onClick={() => void controller.opening.practised()}
    >
      {t("devices.ready", { position: next?.position ?? 1 })}
    </Button>
  );
  return (
    <Actions>
      {practised && ready}
      <Button look={practised ? "secondary" : "primary"} onClick={begin}>
        {practised ? (
          <RotateCcw aria-hidden="true" />
        ) : (
          <Circle aria-hidden="true" className="fill-current" />
        )}
        {t(practised ? "practice.again" : "practice.begin")}
      </Button>
      {!practised && ready}
      <Button look="quiet" onClick={() => controller.opening.practise(false)}>
        {t("practice.back")}
      </Button>
    </Actions>
  );
}

/** One practice answer after the other; the last one can be played. */
function usePractice() {
  const controller = useController();
  const { station } = controller;
  const { kind } = useStation().recording;
  const take = useRef<PracticeTake | null>(null);
  const [planned, setPlanned] = useState(0);
  const [blob, setBlob] = useState<Blob | null>(null);
  const [failed, setFailed] = useState(false);

  async function begin() {
    setBlob(null);
    setFailed(false);
    const mine = new PracticeTake();
    take.current = mine;
    station.leaveTake();
    if (!(await station.record(mine))) return setFailed(true);
    setPlanned(controller.now() + PRACTICE_SECONDS * 1000);
  }

  // Whatever ended it: the button, the clock, or a device that went away.
  useEffect(() => {
    if (kind !== "stopped") return;
    void take.current?.toBlob().then((made) => {
      setBlob(made);
      setFailed(!made);
    });
  }, [kind]);
  // Left by another way, nothing goes on recording.
  useEffect(() => () => void station.stop("candidate"), [station]);

  const runs = planned > 0 && (kind === "recording" || kind === "stopping");
  const stop = () => void station.stop("candidate");
  return { endsAt: runs ? planned : null, blob, failed, begin: () => void begin(), stop };
}
