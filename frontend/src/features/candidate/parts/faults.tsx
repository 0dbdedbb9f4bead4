import { Check, RotateCcw, RotateCw } from "lucide-react";

import type { CandidateKey } from "@/lib/i18n";

import { useController, useFlow, useOutbox, useWords } from "../context";
import { type Failure, failureOfFault, wayToSend } from "../model/failure";
import { nextQuestion } from "../model/flow";
import { isUnderWay, type OutboxItem } from "../model/outboxItem";
import type { Question } from "../model/types";
import { Banner, Button } from "./controls";
import { DownloadAnswer } from "./downloads";

/** The page's own sentences; of what the server refused, it says why itself. */
const SENTENCES: Record<string, CandidateKey> = {
  refused: "failure.refused",
  upload_gone: "failure.upload_gone",
  too_large: "failure.too_large",
  spool_unreadable: "failure.spool_unreadable",
  link_revoked: "failure.link_revoked",
  given_back: "failure.given_back",
};

/** Each answer that does not count as it is: what happened, and every way on. */
export function FailedAnswers() {
  const { interview } = useFlow();
  const items = useOutbox();
  return (
    <>
      {interview?.questions.map((question) => (
        <Trouble
          key={question.id}
          question={question}
          item={items.find(({ questionId }) => questionId === question.id)}
        />
      ))}
      <CutShort />
    </>
  );
}

interface TroubleProps {
  question: Question;
  item: OutboxItem | undefined;
}

function Trouble({ question, item }: TroubleProps) {
  if (item && (isUnderWay(item) || item.phase === "received")) return null;
  const failure = item?.failure ?? (question.fault ? failureOfFault(question.fault) : null);
  return failure ? <Failed question={question} item={item} failure={failure} /> : null;
}

interface FailedProps extends TroubleProps {
  failure: Failure;
}

function Failed({ question, item, failure }: FailedProps) {
  const { t } = useWords();
  const { position } = question;
  const sentence = failure.text ?? t(SENTENCES[failure.code] ?? "failure.other");
  const title = titleOf(failure);
  const unreadable = failure.code === "spool_unreadable";
  return (
    <Banner tone={failure.givenBack ? "wait" : "bad"} role="alert">
      <p className="font-semibold">{t(title, { position })}</p>
      <p className="mt-1">
        {sentence} {failure.givenBack && failure.code !== "given_back" && t("failed.notCounted")}
        {!failure.givenBack && !unreadable && t("failed.kept")}
      </p>
      <div className="mt-4 flex flex-wrap gap-3 empty:hidden">
        <RecordAgain question={question} failure={failure} />
        <UseWhatWasRecorded question={question} item={item} failure={failure} />
        <SendAgain question={question} item={item} failure={failure} />
        {item && !unreadable && <DownloadAnswer item={item} />}
      </div>
    </Banner>
  );
}

function titleOf({ code, refused, givenBack }: Failure): CandidateKey {
  if (code === "given_back") return "failed.interrupted";
  return refused || givenBack ? "failed.spoilt" : "failed.title";
}

function RecordAgain({ question, failure }: Omit<FailedProps, "item">) {
  const { t } = useWords();
  const controller = useController();
  const flow = useFlow();
  // What the device cannot read any more is nobody's fault here, and there is no other way on.
  const isFree = failure.givenBack || failure.code === "spool_unreadable";
  const offered = isFree || (!failure.refused && question.retakes_left > 0);
  if (!offered || failure.code === "link_revoked") return null;
  // The test of the devices leads to it anyway: what was given back is not given back once more.
  const isNext = flow.step.name === "devices" && nextQuestion(flow)?.id === question.id;
  const recordAgain = () =>
    isNext ? controller.toNext() : controller.retakes.recordAgain(question.id, failure.code);
  return (
    <Button look={isNext ? "secondary" : "primary"} onClick={() => void recordAgain()}>
      <RotateCcw aria-hidden="true" />
      {t("failed.recordAgain")}
    </Button>
  );
}

function UseWhatWasRecorded({ question, item, failure }: FailedProps) {
  const { t } = useWords();
  const controller = useController();
  const fault = item ? { take: item.takeId, upload: item.uploadId } : question.fault;
  const isEmpty = item !== undefined && item.total === 0;
  if (failure.code !== "given_back" || !fault || isEmpty) return null;
  return (
    <Button look="secondary" onClick={() => controller.retakes.keepAfterAll(fault, question.id)}>
      <Check aria-hidden="true" />
      {t("failed.useKept")}
    </Button>
  );
}

function SendAgain({ question, item, failure }: FailedProps) {
  const { t } = useWords();
  const controller = useController();
  if (!item || failure.code === "given_back" || !wayToSend(failure)) return null;
  return (
    <Button look="secondary" onClick={() => controller.retakes.sendAgain(item.takeId, question.id)}>
      <RotateCw aria-hidden="true" />
      {t("failed.again")}
    </Button>
  );
}

/** An answer that the page's end cut short is kept, unless the candidate gives it once more. */
function CutShort() {
  const { t } = useWords();
  const controller = useController();
  const { step, interview } = useFlow();
  const interrupted = "interrupted" in step ? (step.interrupted ?? []) : [];
  const offered = interview?.questions.filter(
    ({ id, retakes_left }) => interrupted.includes(id) && retakes_left > 0,
  );
  return offered?.map(({ id, position }) => (
    <Banner key={id}>
      <p>{t("interrupted.offer")}</p>
      <div className="mt-4">
        <Button
          look="secondary"
          onClick={() => void controller.retakes.recordAgain(id, "page_ended")}
        >
          <RotateCcw aria-hidden="true" />
          {t("interrupted.recordAgain", { position })}
        </Button>
      </div>
    </Banner>
  ));
}
