import { type ReactNode, useId, useState } from "react";

import type { CandidateKey } from "@/lib/i18n";

import { useController, useInterview, useWords } from "../context";
import { Banner, Button, Confirm } from "./controls";

const SCORES = [1, 2, 3, 4, 5] as const;
const MOST_CHARACTERS = 2000;

/** How it was, in one click; a word more for whoever has one. */
export function Rating() {
  const { t } = useWords();
  const { own } = useController();
  const { session } = useInterview();
  const [score, setScore] = useState(session.satisfaction);
  const [comment, setComment] = useState(session.satisfaction_comment);
  const { outcome, busy, act } = useAct();
  const send = () =>
    score === null
      ? act(null, "rating.missing")
      : act(() => own.rate(score, comment), "rating.thanks");
  return (
    <Card title={t("rating.title")} help={t("rating.help")}>
      <fieldset className="grid gap-2 sm:grid-cols-5">
        <legend className="sr-only">{t("rating.title")}</legend>
        {SCORES.map((one) => (
          <label
            key={one}
            className="flex min-h-12 cursor-pointer items-center gap-3 rounded-md border border-line-strong/60 p-3 text-sm has-checked:border-accent-ink has-checked:bg-accent-soft has-checked:text-accent-ink sm:flex-col sm:text-center"
          >
            <input
              type="radio"
              name="rating"
              checked={score === one}
              onChange={() => setScore(one)}
              className="size-5 shrink-0 accent-accent"
            />
            {t(`rating.${one}`)}
          </label>
        ))}
      </fieldset>
      <Words label={t("rating.comment")} value={comment} onChange={setComment} />
      <Button look="secondary" disabled={busy} onClick={send}>
        {t("rating.send")}
      </Button>
      {outcome}
    </Card>
  );
}

/** A question back to the company, where the campaign allows it. */
export function TeamQuestion() {
  const { t } = useWords();
  const { own } = useController();
  const { session, campaign } = useInterview();
  const [text, setText] = useState(session.question_to_team);
  const { outcome, busy, act } = useAct();
  if (!campaign.questions_to_team) return null;
  return (
    <Card title={t("team.title")} help={t("team.help")}>
      <Words label={t("team.title")} hideLabel value={text} onChange={setText} />
      <Button
        look="secondary"
        disabled={busy || text === session.question_to_team}
        onClick={() => act(() => own.askTeam(text.trim()), "team.sent")}
      >
        {t("team.send")}
      </Button>
      {outcome}
    </Card>
  );
}

/** To leave is the candidate's own decision, and asked about once. */
export function Withdraw() {
  const { t } = useWords();
  const { own } = useController();
  const [asking, setAsking] = useState(false);
  const { outcome, busy, act } = useAct();
  function withdraw() {
    setAsking(false);
    act(() => own.withdraw(), null);
  }
  return (
    <Card title={t("withdraw.title")} help={t("withdraw.help")}>
      <Button look="secondary" disabled={busy} onClick={() => setAsking(true)}>
        {t("withdraw.open")}
      </Button>
      {outcome}
      {asking && (
        <Confirm
          title={t("withdraw.confirmTitle")}
          text={t("withdraw.confirmText")}
          yes={t("withdraw.yes")}
          no={t("withdraw.no")}
          onYes={withdraw}
          onNo={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

/** Does something, and says how it went. */
function useAct() {
  const { t } = useWords();
  const [said, setSaid] = useState<{ words: CandidateKey; fine: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  function act(call: (() => Promise<void>) | null, done: CandidateKey | null) {
    if (!call) return setSaid(done && { words: done, fine: false });
    setBusy(true);
    setSaid(null);
    call()
      .then(
        () => setSaid(done && { words: done, fine: true }),
        () => setSaid({ words: "own.failed", fine: false }),
      )
      .finally(() => setBusy(false));
  }
  const outcome = said && (
    <Banner tone={said.fine ? "good" : "bad"} role={said.fine ? "status" : "alert"}>
      {t(said.words)}
    </Banner>
  );
  return { outcome, busy, act };
}

interface CardProps {
  title: string;
  help: string;
  children: ReactNode;
}

function Card({ title, help, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="mt-8 grid justify-items-start gap-4 rounded-lg border border-line bg-surface p-5 *:w-full *:[button]:w-auto max-sm:*:[button]:w-full"
    >
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="mt-1 leading-relaxed text-ink-soft">{help}</p>
      </div>
      {children}
    </section>
  );
}

interface WordsProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
}

function Words({ label, hideLabel = false, value, onChange }: WordsProps) {
  return (
    <label className="grid gap-1.5">
      <span className={hideLabel ? "sr-only" : "text-sm font-semibold"}>{label}</span>
      <textarea
        rows={3}
        dir="auto"
        maxLength={MOST_CHARACTERS}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-line-strong/60 bg-surface p-3 leading-relaxed text-ink"
      />
    </label>
  );
}
