import { Circle, Square } from "lucide-react";
import { useState } from "react";

import {
  useController,
  useFlow,
  useInterview,
  useDuration,
  useStation,
  useWords,
} from "../context";
import { currentQuestion, type Preparing } from "../model/flow";
import type { Question } from "../model/types";
import { BeforeAnswer, DuringAnswer } from "../parts/conditions";
import { Button, Dock, Title } from "../parts/controls";
import { Countdown } from "../parts/countdown";
import { Delivery } from "../parts/delivery";
import { SelfView } from "../parts/preview";
import { OtherWays, Position, QuestionPrompt, WayOut } from "../parts/questionParts";
import { MutedWarning } from "./devices";

const COLUMN =
  "contents *:order-3 lg:col-start-2 lg:grid lg:content-start lg:gap-5 " +
  "short:col-start-2 short:grid short:content-start short:gap-3";

/** One question: read, prepare, answer. */
export function QuestionScreen() {
  const flow = useFlow();
  const question = currentQuestion(flow);
  const { step } = flow;
  if (!question) return null;
  const isLive = step.name === "answering" && step.endsAt !== null;
  if (step.name === "opening") return <Opening />;

  return (
    // In one column the parts are ordered, and the dock can stick to the whole of it.
    <div className="flex flex-col gap-x-10 gap-y-4 md:gap-y-6 lg:grid lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] short:grid short:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] short:gap-x-6">
      <div className={COLUMN}>
        <div className="order-1!">
          <Position question={question} />
          <Title key={question.id} small>
            <span dir="auto">{question.text}</span>
          </Title>
          <QuestionPrompt question={question} />
        </div>
        {step.name === "preparing" && <Preparation question={question} step={step} />}
        {step.name === "answering" && <Answer question={question} endsAt={step.endsAt} />}
        <MutedWarning />
        {/* In the middle of an answer, a bar that moves would only distract. */}
        {step.name === "preparing" && <Delivery />}
      </div>
      <div className="order-2 lg:col-start-1 lg:row-start-1 short:col-start-1 short:row-start-1">
        <SelfView>{isLive && <OnAir />}</SelfView>
      </div>
    </div>
  );
}

/** Another attempt waits here until the one before has arrived. */
function Opening() {
  const { t } = useWords();
  return (
    <div className="grid gap-6">
      <p role="status">{t("question.opening")}</p>
      <Delivery />
    </div>
  );
}

function OnAir() {
  const { t } = useWords();
  return (
    <p className="absolute start-3 top-3 flex items-center gap-2 rounded-full bg-bad px-3 py-1.5 text-sm font-semibold text-white">
      <Circle aria-hidden="true" className="size-3 animate-pulse fill-current" />
      {t("answer.onAir")}
    </p>
  );
}

function Preparation({ question, step }: { question: Question; step: Preparing }) {
  const { t } = useWords();
  const controller = useController();
  const [skipping, setSkipping] = useState(false);
  const { endsAt, auto } = step;
  const begin = () => void controller.beginAnswer();
  function asking(open: boolean) {
    setSkipping(open);
    if (!open && auto && endsAt !== null && controller.now() >= endsAt) begin();
  }
  return (
    <>
      <Dock>
        {endsAt !== null && (
          <Countdown
            endsAt={endsAt}
            totalSeconds={question.preparation_seconds}
            label={t("preparation.left")}
            // While the page asks whether to skip, the recording does not start behind it.
            onEnd={skipping || !auto ? () => undefined : begin}
          />
        )}
        <div className="flex flex-wrap gap-3">
          <Button onClick={begin}>
            <Circle aria-hidden="true" className="fill-current" />
            {t("preparation.begin")}
          </Button>
          <WayOut question={question} onAsking={asking} />
        </div>
      </Dock>
      <HowItGoes question={question} step={step} />
      <OtherWays question={question} way={step.way} />
      <BeforeAnswer seconds={question.answer_seconds} />
    </>
  );
}

/** What starts the recording, and how long it may be. */
function HowItGoes({ question, step }: { question: Question; step: Preparing }) {
  const { t } = useWords();
  const { accommodation } = useInterview();
  const duration = useDuration()(question.answer_seconds);
  const words = step.auto ? "preparation.then" : "preparation.soft";
  const free = accommodation?.no_limit || step.endsAt === null;
  return (
    <p className="leading-relaxed text-ink-soft">
      {free ? t("preparation.free") : t(words, { duration })}
    </p>
  );
}

function Answer({ question, endsAt }: { question: Question; endsAt: number | null }) {
  const { t } = useWords();
  const controller = useController();
  const { recording } = useStation();
  const { accommodation } = useInterview();
  if (endsAt === null) return <p role="status">{t("answer.starting")}</p>;
  return (
    <>
      <p className="sr-only" role="status">
        {t("answer.started")}
      </p>
      <Dock>
        <Countdown
          endsAt={endsAt}
          totalSeconds={question.answer_seconds}
          label={t("answer.left")}
          silent={accommodation?.no_limit ?? false}
          onEnd={() => void controller.endAnswer("time_limit")}
        />
        <Button
          look="stop"
          disabled={recording.kind === "stopping"}
          onClick={() => void controller.endAnswer("candidate")}
        >
          <Square aria-hidden="true" className="fill-current" />
          {t("answer.stop")}
        </Button>
      </Dock>
      <p className="leading-relaxed text-ink-soft">{t("answer.hint")}</p>
      <DuringAnswer />
    </>
  );
}
