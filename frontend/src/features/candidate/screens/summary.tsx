import { Check, LoaderCircle, Minus, RotateCcw, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";

import { useController, useFlow, useInterview, useOutbox, useWords } from "../context";
import { isUnderWay, type OutboxItem } from "../model/outboxItem";
import type { Question } from "../model/types";
import { Actions, Banner, Button, Confirm, Lead, Title } from "../parts/controls";
import { Delivery, FailedAnswers } from "../parts/delivery";
import { KeepCopies } from "../parts/downloads";
import { TeamQuestion } from "../parts/ownAffairs";

type AnswerState = "received" | "sending" | "failed" | "spoilt" | "skipped";

function stateOf(question: Question, item: OutboxItem | undefined): AnswerState {
  if (item && isUnderWay(item)) return "sending";
  if (item?.failure?.givenBack || (question.fault && !item)) return "spoilt";
  if (item?.phase === "failed") return "failed";
  return question.state === "skipped" ? "skipped" : "received";
}

/** All answers at a glance, before the interview is handed in. */
export function Summary() {
  const { t } = useWords();
  const controller = useController();
  const { questions, organization } = useInterview();
  const items = useOutbox();
  const [confirming, setConfirming] = useState(false);
  useFreshChances();
  return (
    <>
      <Title>{t("summary.title")}</Title>
      <Lead>{t("summary.lead", { company: organization.name })}</Lead>
      <Interrupted />
      <ol className="mt-6 grid gap-3">
        {questions.map((question) => (
          <AnswerRow
            key={question.id}
            question={question}
            state={stateOf(
              question,
              items.find((item) => item.questionId === question.id),
            )}
          />
        ))}
      </ol>
      <div className="mt-6 grid gap-4">
        <FailedAnswers />
        <Delivery />
      </div>
      <TeamQuestion />
      <Actions>
        <Button onClick={() => setConfirming(true)}>{t("summary.submit")}</Button>
      </Actions>
      <div className="mt-6">
        <KeepCopies />
      </div>
      {confirming && (
        <Confirm
          title={t("summary.confirmTitle")}
          text={t("summary.confirmText")}
          yes={t("summary.confirmYes")}
          no={t("summary.confirmNo")}
          onYes={() => void controller.complete()}
          onNo={() => setConfirming(false)}
        />
      )}
    </>
  );
}

/** Which answers may be given again, the server knows. */
function useFreshChances(): void {
  const controller = useController();
  const { campaign } = useInterview();
  const mayGoBack = campaign.going_back;
  const onTheWay = useOutbox().some(isUnderWay);
  useEffect(() => {
    if (mayGoBack && !onTheWay) void controller.refresh();
  }, [controller, mayGoBack, onTheWay]);
}

/** After a reload in the last answer: it ended there, and is not lost. */
function Interrupted() {
  const { t } = useWords();
  const { step } = useFlow();
  const { questions } = useInterview();
  const interrupted = step.name === "summary" ? (step.interrupted ?? []) : [];
  const positions = questions
    .filter((question) => interrupted.includes(question.id))
    .map((question) => question.position);
  if (positions.length === 0) return null;
  return (
    <div className="mt-4">
      <Banner tone="good" role="status">
        {t("summary.interrupted", { positions: positions.join(", ") })}
      </Banner>
    </div>
  );
}

/** Back to a question, where the campaign allows it and an attempt is left. */
function Change({ question }: { question: Question }) {
  const { t } = useWords();
  const { writing } = useController();
  return (
    <button
      type="button"
      onClick={() => void writing.change(question.id)}
      className="mt-1 inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent-ink underline underline-offset-4"
    >
      {t("summary.change", { position: question.position })}
    </button>
  );
}

const MARKS = {
  received: Check,
  sending: LoaderCircle,
  failed: TriangleAlert,
  spoilt: RotateCcw,
  skipped: Minus,
};
const COLORS = {
  received: "bg-good-soft text-good-ink",
  sending: "bg-accent-soft text-accent-ink",
  failed: "bg-bad-soft text-bad-ink",
  spoilt: "bg-wait-soft text-wait-ink",
  skipped: "bg-sunken text-ink-soft",
};

function AnswerRow({ question, state }: { question: Question; state: AnswerState }) {
  const { t } = useWords();
  const Mark = MARKS[state];
  return (
    <li className="flex items-center gap-4 rounded-lg border border-line bg-surface p-4">
      <span
        aria-hidden="true"
        className={`grid size-8 shrink-0 place-items-center rounded-full ${COLORS[state]}`}
      >
        <Mark className="size-4.5" />
      </span>
      <div className="min-w-0">
        <p className="leading-relaxed">
          <span className="font-semibold">
            {t("summary.question", { position: question.position })}
          </span>
          {question.text && (
            <>
              {" "}
              <bdi>{question.text}</bdi>
            </>
          )}
        </p>
        <p className="text-sm text-ink-soft">{t(`summary.${state}`)}</p>
        {question.may_change && state !== "sending" && <Change question={question} />}
      </div>
    </li>
  );
}
