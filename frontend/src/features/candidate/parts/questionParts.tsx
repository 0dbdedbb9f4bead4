import { Camera, Check, FileUp, ListChecks, Mic, PenLine } from "lucide-react";
import { useState } from "react";

import { useController, useInterview, useWords } from "../context";
import { isAnswered } from "../model/flow";
import type { Question, Way } from "../model/types";
import { Button, Confirm, Progress } from "./controls";
import { PromptPlayer } from "./prompt";

export function Position({ question }: { question: Question }) {
  const { t } = useWords();
  const { questions } = useInterview();
  const count = questions.length;
  const label = t("question.position", { position: question.position, count });
  return (
    <div className="mb-4 short:mb-2">
      <p className="mb-2 text-sm font-semibold text-accent-ink">
        {label}
        {question.role === "closing" && ` · ${t("question.closing")}`}
      </p>
      <div aria-hidden="true">
        <Progress value={question.position} max={count} label={label} />
      </div>
      {!question.mandatory && (
        <p className="mt-2 text-sm text-ink-faint">{t("question.optional")}</p>
      )}
    </div>
  );
}

export function QuestionPrompt({ question }: { question: Question }) {
  const { t } = useWords();
  if (!question.prompt) return null;
  return (
    <div className="mt-4">
      <PromptPlayer prompt={question.prompt} label={t("question.prompt")} />
    </div>
  );
}

const ICONS = { video: Camera, audio: Mic, text: PenLine, choice: ListChecks, file: FileUp };

interface OtherWaysProps {
  question: Question;
  way: Way;
}

/** What else this candidate may answer with. */
export function OtherWays({ question, way }: OtherWaysProps) {
  const { t } = useWords();
  const controller = useController();
  const others = question.ways.filter((one) => one !== way);
  if (others.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-3">
      {others.map((other) => {
        const Icon = ICONS[other];
        return (
          <Button
            key={other}
            look="secondary"
            onClick={() => void controller.opening.takeWay(other)}
          >
            <Icon aria-hidden="true" />
            {t(`way.${other}`)}
          </Button>
        );
      })}
    </div>
  );
}

interface WayOutProps {
  question: Question;
  /** While the page asks, nothing starts behind it. */
  onAsking?: (asking: boolean) => void;
}

/** Leave an optional question out, or an answer as it was. */
export function WayOut({ question, onAsking }: WayOutProps) {
  const { t } = useWords();
  const controller = useController();
  const [asking, setAsking] = useState(false);
  function ask(open: boolean) {
    setAsking(open);
    onAsking?.(open);
  }
  if (isAnswered(question)) {
    return (
      <Button look="secondary" onClick={() => controller.writing.leave()}>
        <Check aria-hidden="true" />
        {t("way.keep")}
      </Button>
    );
  }
  if (question.mandatory) return null;
  return (
    <>
      <Button look="secondary" onClick={() => ask(true)}>
        {t("skip.open")}
      </Button>
      {asking && (
        <Confirm
          title={t("skip.title")}
          text={t("skip.text")}
          yes={t("skip.yes")}
          no={t("skip.no")}
          onYes={() => void controller.skip()}
          onNo={() => ask(false)}
        />
      )}
    </>
  );
}
