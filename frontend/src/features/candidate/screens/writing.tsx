import { Send } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { ApiError } from "@/api/errors";
import type { CandidateKey } from "@/lib/i18n";

import { useController, useFlow, useWords } from "../context";
import type { Submission } from "../model/api";
import { currentQuestion } from "../model/flow";
import type { Question, Way } from "../model/types";
import { Actions, Button, Title } from "../parts/controls";
import { Delivery } from "../parts/delivery";
import { OtherWays, Position, QuestionPrompt, WayOut } from "../parts/questionParts";

const MOST_CHARACTERS = 20_000;
const MOST_BYTES = 10_000_000;
const FILE_TYPES = ".pdf,.docx,.odt,.jpg,.jpeg,.png,.txt";
const REFUSALS: Record<string, CandidateKey> = {
  document_refused: "file.document_refused",
  document_too_large: "file.too_large",
};

/** A question that is answered without a recording. */
export function WritingScreen({ way }: { way: Way }) {
  const flow = useFlow();
  const question = currentQuestion(flow);
  if (!question) return null;
  const Field = way === "choice" ? Choices : way === "file" ? FileField : TextField;
  return (
    <>
      <Position question={question} />
      <Title key={question.id} small>
        <span dir="auto">{question.text}</span>
      </Title>
      <QuestionPrompt question={question} />
      <div className="mt-6">
        <Field key={question.id} question={question} />
      </div>
      <div className="mt-6 grid gap-4">
        <OtherWays question={question} way={way} />
        <Delivery />
      </div>
    </>
  );
}

interface FieldProps {
  question: Question;
}

type Answer = Submission | { question: string; file: File };

function useHandIn(missing: CandidateKey) {
  const { t } = useWords();
  const { writing } = useController();
  const [mistake, setMistake] = useState<CandidateKey | null>(null);
  const [busy, setBusy] = useState(false);
  async function send(answer: Answer | null): Promise<boolean> {
    setMistake(answer ? null : missing);
    if (!answer) return false;
    setBusy(true);
    try {
      await writing.handIn(answer);
      return true;
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "";
      setMistake(REFUSALS[code] ?? "submit.failed");
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { mistake: mistake && t(mistake), busy, send };
}

interface FormProps extends FieldProps {
  hint: string;
  mistake: string | null;
  busy: boolean;
  send: () => void;
  children: (ids: { hint: string; mistake: string | undefined }) => ReactNode;
}

function Form({ question, hint, mistake, busy, send, children }: FormProps) {
  const { t } = useWords();
  const id = useId();
  const ids = { hint: `${id}-hint`, mistake: mistake ? `${id}-mistake` : undefined };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children(ids)}
      <p id={ids.hint} className="mt-2 text-sm text-ink-soft">
        {hint}
      </p>
      <p id={`${id}-mistake`} role="alert" className="mt-2 text-bad-ink">
        {mistake}
      </p>
      <Actions>
        <Button disabled={busy} onClick={send}>
          <Send aria-hidden="true" className="rtl:-scale-x-100" />
          {t("write.send")}
        </Button>
        <WayOut question={question} />
      </Actions>
    </form>
  );
}

function TextField({ question }: FieldProps) {
  const { t } = useWords();
  const { mistake, busy, send } = useHandIn("write.empty");
  const [text, setText] = useDraft(question.id);
  const id = useId();
  async function handIn() {
    const written = text.trim();
    if (await send(written ? { question: question.id, written } : null)) setText("");
  }
  const count = t("write.count", { count: text.length, most: MOST_CHARACTERS });
  return (
    <Form
      question={question}
      hint={`${t("write.help")} ${count}`}
      mistake={mistake}
      busy={busy}
      send={() => void handIn()}
    >
      {(ids) => (
        <>
          <label htmlFor={id} className="mb-2 block font-semibold">
            {t("write.label")}
          </label>
          <textarea
            id={id}
            rows={8}
            dir="auto"
            maxLength={MOST_CHARACTERS}
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-invalid={Boolean(mistake)}
            aria-describedby={[ids.hint, ids.mistake].filter(Boolean).join(" ")}
            className="w-full rounded-md border border-line-strong/60 bg-surface p-3 leading-relaxed text-ink"
          />
        </>
      )}
    </Form>
  );
}

/** What is being written outlives a reload, but not the tab: computers are shared. */
function useDraft(questionId: string) {
  const key = `draft-${questionId}`;
  const [text, setText] = useState(() => kept(() => sessionStorage.getItem(key)) ?? "");
  function change(value: string) {
    setText(value);
    kept(() => (value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key)));
  }
  return [text, change] as const;
}

function kept<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    // Storage that is full or forbidden keeps nothing; the page goes on.
    return null;
  }
}

function Choices({ question }: FieldProps) {
  const { t } = useWords();
  const { mistake, busy, send } = useHandIn("choose.empty");
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const toggle = (index: number) =>
    setChosen(chosen.includes(index) ? chosen.filter((one) => one !== index) : [...chosen, index]);
  const answer = { question: question.id, chosen: chosen.toSorted((one, other) => one - other) };
  return (
    <Form
      question={question}
      hint=""
      mistake={mistake}
      busy={busy}
      send={() => void send(chosen.length > 0 ? answer : null)}
    >
      {(ids) => (
        <fieldset aria-describedby={ids.mistake}>
          <legend className="mb-3 font-semibold">{t("choose.label")}</legend>
          <div className="grid gap-2">
            {question.choices.map((choice, index) => (
              <label
                key={choice}
                className="flex min-h-12 cursor-pointer items-start gap-3 rounded-lg border border-line bg-surface p-3 leading-relaxed has-checked:border-accent-ink has-checked:bg-accent-soft"
              >
                <input
                  type="checkbox"
                  checked={chosen.includes(index)}
                  onChange={() => toggle(index)}
                  className="mt-0.5 size-6 shrink-0 accent-accent"
                />
                <span dir="auto">{choice}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </Form>
  );
}

function FileField({ question }: FieldProps) {
  const { t } = useWords();
  const { mistake, busy, send } = useHandIn("file.empty");
  const [file, setFile] = useState<File | null>(null);
  const id = useId();
  const tooLarge = file !== null && file.size > MOST_BYTES;
  return (
    <Form
      question={question}
      hint={t("file.help")}
      mistake={tooLarge ? t("file.too_large") : mistake}
      busy={busy || tooLarge}
      send={() => void send(file && !tooLarge ? { question: question.id, file } : null)}
    >
      {(ids) => (
        <>
          <label htmlFor={id} className="mb-2 block font-semibold">
            {t("file.label")}
          </label>
          <input
            id={id}
            type="file"
            accept={FILE_TYPES}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            aria-describedby={[ids.hint, ids.mistake].filter(Boolean).join(" ")}
            className="w-full min-w-0 rounded-md border border-line-strong/60 bg-surface p-3 file:me-3 file:min-h-11 file:cursor-pointer file:rounded-md file:border-0 file:bg-accent-soft file:px-4 file:font-semibold file:text-accent-ink"
          />
        </>
      )}
    </Form>
  );
}
