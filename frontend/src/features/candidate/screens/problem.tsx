import { CircleAlert, CircleCheck } from "lucide-react";

import { lazy, Suspense } from "react";

import { useController, useWords } from "../context";
import type { Problem } from "../model/flow";
import { Actions, Button, Lead, Title } from "../parts/controls";

const WORTH_A_RETRY = new Set<Problem>([
  "network",
  "other_tab",
  "unexpected",
  "campaign_not_started",
]);

// What is on the device needs the parts that come later: they are there once anything is kept.
const Kept = lazy(async () => ({ default: (await import("../later")).Kept }));

interface Props {
  problem: Problem;
  retry?: () => void;
}

/** What stands in the way, and what to do about it. */
export function ProblemScreen({ problem, retry }: Props) {
  const { t } = useWords();
  const controller = useController();
  const again = retry ?? (() => void controller.start());
  const hasKept = controller.outbox !== null;
  const fine = problem === "session_completed";
  const Icon = fine ? CircleCheck : CircleAlert;
  return (
    <>
      <Icon
        aria-hidden="true"
        className={`mb-4 size-10 ${fine ? "text-good-ink" : "text-bad-ink"}`}
      />
      <Title key={problem}>{t(`problem.${problem}.title`)}</Title>
      <Lead>{t(`problem.${problem}.text`)}</Lead>
      {problem === "session_elsewhere" && (
        <Actions>
          <Button onClick={() => void controller.start(true)}>{t("problem.takeOver")}</Button>
        </Actions>
      )}
      {WORTH_A_RETRY.has(problem) && (
        <Actions>
          <Button onClick={again}>{t("problem.retry")}</Button>
        </Actions>
      )}
      {hasKept && (
        <Suspense>
          <Kept />
        </Suspense>
      )}
    </>
  );
}
