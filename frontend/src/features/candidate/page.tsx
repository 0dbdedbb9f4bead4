import { lazy, Suspense, useEffect } from "react";

import { isLanguage } from "@/lib/i18n";
import { leavingLoses } from "@/recorder";

import { Boundary } from "./boundary";
import { useController, useFlow, useOutbox, useStation, useWords } from "./context";
import type { Step } from "./model/flow";
import { isUnderWay } from "./model/outboxItem";
import { Frame } from "./parts/frame";
import { Introduction } from "./screens/introduction";
import { ProblemScreen } from "./screens/problem";

const later = () => import("./later");
const Between = lazy(async () => ({ default: (await later()).Between }));
const Devices = lazy(async () => ({ default: (await later()).Devices }));
const Done = lazy(async () => ({ default: (await later()).Done }));
const Practice = lazy(async () => ({ default: (await later()).Practice }));
const QuestionScreen = lazy(async () => ({ default: (await later()).QuestionScreen }));
const Notice = lazy(async () => ({ default: (await later()).Notice }));
const OwnPage = lazy(async () => ({ default: (await later()).OwnPage }));
const WritingScreen = lazy(async () => ({ default: (await later()).WritingScreen }));
const Sending = lazy(async () => ({ default: (await later()).Sending }));
const Summary = lazy(async () => ({ default: (await later()).Summary }));

const SHOWS_PICTURE = new Set<Step["name"]>(["devices", "practice", "preparing", "answering"]);

export function Page() {
  const { step } = useFlow();
  const { devices } = useStation();
  const shows = SHOWS_PICTURE.has(step.name);
  useSessionLanguage();
  useLeavingWarning();
  usePageTitle();
  return (
    <Frame wide={shows && devices.kind === "open"}>
      <Boundary>
        <Suspense>
          <Screen step={step} />
        </Suspense>
      </Boundary>
    </Frame>
  );
}

function Screen({ step }: { step: Step }) {
  const { t } = useWords();
  switch (step.name) {
    case "loading":
      return <p role="status">{t("app.loading")}</p>;
    case "problem":
      return <ProblemScreen problem={step.problem} />;
    case "introduction":
      return <Introduction />;
    case "notice":
      return <Notice />;
    case "devices":
      return <Devices />;
    case "practice":
      return <Practice />;
    case "opening":
    case "preparing":
    case "answering":
      return <QuestionScreen />;
    case "writing":
      return <WritingScreen way={step.way} />;
    case "own_page":
      return <OwnPage />;
    case "between":
      return <Between key={step.questionId} cause={step.cause} />;
    case "summary":
      return <Summary />;
    case "sending":
      return <Sending />;
    case "done":
      return <Done receipt={step.receipt} />;
  }
}

/** The invitation's language is the page's, until the candidate chooses another. */
function useSessionLanguage(): void {
  const controller = useController();
  const { interview } = useFlow();
  const { setLanguage } = useWords();
  const wanted = interview?.session.language;
  useEffect(() => {
    if (!isLanguage(wanted)) return;
    controller.speak(wanted);
    setLanguage(wanted);
    // Only the session's own change matters: the words change with every choice.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted, controller]);
}

function useLeavingWarning(): void {
  const state = useStation();
  const { step } = useFlow();
  const uploads = useOutbox().map((item) => ({
    kind: isUnderWay(item) ? ("sending" as const) : ("done" as const),
  }));
  // The end is not confirmed yet: left now, the interview would not count as handed in.
  const ending = step.name === "sending" && step.stage !== "checking";
  const loses = leavingLoses(state, uploads) || ending;
  useEffect(() => {
    if (!loses) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [loses]);
}

function usePageTitle(): void {
  const { t } = useWords();
  const { interview } = useFlow();
  const company = interview?.organization.name;
  useEffect(() => {
    document.title = company ? t("page.title", { company }) : t("app.name");
  }, [t, company]);
}
