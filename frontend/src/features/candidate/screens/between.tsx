import { ArrowRight, CircleCheck, CircleAlert, RotateCcw } from "lucide-react";
import { useState } from "react";

import { wasInterrupted } from "@/recorder";

import { useController, useFlow, useOutbox, useWords } from "../context";
import { currentQuestion, type EndCause, mayTryAgain, nextQuestion } from "../model/flow";
import { Actions, Button, Lead, Title } from "../parts/controls";
import { useSecondsLeft } from "../parts/countdown";
import { Delivery, FailedAnswers } from "../parts/delivery";
import { OwnTake } from "../parts/ownTake";

const MOVES_ON_AFTER_MS = 10_000;

/** A breath between two questions. Moves on by itself, unless the candidate stays. */
export function Between({ cause }: { cause: EndCause }) {
  const { t } = useWords();
  const controller = useController();
  const flow = useFlow();
  const question = currentQuestion(flow);
  const next = nextQuestion(flow);
  const recorded = cause !== "skipped" && cause !== "written";
  const interrupted = recorded && wasInterrupted(cause);
  const troubles = useOutbox().filter(({ phase }) => phase === "failed");
  const failed = troubles.some((item) => item.questionId === question?.id);
  const spoilt = interrupted && !failed && (question?.retakes_left ?? 0) > 0;
  const again = mayTryAgain(flow) && !failed && !spoilt;
  const [reviews, setReviews] = useState(false);
  const Icon = interrupted ? CircleAlert : CircleCheck;

  return (
    <>
      <Icon
        aria-hidden="true"
        className={`mb-4 size-10 ${interrupted ? "text-wait-ink" : "text-good-ink"}`}
      />
      <Title>{t(`between.${cause}.title`, { position: question?.position ?? 1 })}</Title>
      <Lead>
        {t(`between.${cause}.text`)} {spoilt && t("between.notCounted")}
      </Lead>
      <Actions>
        <MoveOn
          stay={interrupted || again || reviews || troubles.length > 0 || !next}
          last={!next}
        />
        {spoilt && question && (
          <Button
            look="secondary"
            onClick={() => void controller.retakes.recordAgain(question.id, cause)}
          >
            <RotateCcw aria-hidden="true" />
            {t("between.again")}
          </Button>
        )}
        {again && (
          <Button look="secondary" onClick={() => void controller.retakes.tryAgain()}>
            <RotateCcw aria-hidden="true" />
            {t("between.again")}
          </Button>
        )}
      </Actions>
      <div className="mt-8 grid gap-4">
        {question && recorded && (
          <OwnTake questionId={question.id} onOpen={() => setReviews(true)} />
        )}
        <FailedAnswers />
        <Delivery />
      </div>
    </>
  );
}

function MoveOn({ stay, last }: { stay: boolean; last: boolean }) {
  const { t } = useWords();
  const controller = useController();
  const [plannedAt] = useState(() => controller.now() + MOVES_ON_AFTER_MS);
  const [chosen, setChosen] = useState(false);
  // Whatever there is to decide, also what comes up while the seconds run, holds the page.
  const endsAt = stay || chosen ? null : plannedAt;
  const goOn = () => void controller.goOn();
  const seconds = useSecondsLeft(endsAt, goOn);
  return (
    <>
      <Button onClick={goOn}>
        {t(last ? "between.toSummary" : "between.next")}
        <ArrowRight aria-hidden="true" className="rtl:-scale-x-100" />
      </Button>
      {endsAt !== null && seconds !== null && (
        <>
          <Button look="secondary" onClick={() => setChosen(true)}>
            {t("between.stay")}
          </Button>
          <p className="w-full text-ink-soft">
            {t("between.movesOn", { count: Math.ceil(seconds) })}
          </p>
        </>
      )}
    </>
  );
}
