import { type FormEvent, useId, useState } from "react";

import { ApiError, sentences } from "@/api/errors";

import { useWords } from "../context";
import { Actions, Banner, Button, Lead, Title } from "../parts/controls";
import { codeOf, type Inviting, join, type Newcomer } from "./api";

interface Props {
  token: string;
  inviting: Inviting;
  onToken(token: string): void;
  onSent(email: string): void;
  onRefused(code: string): void;
}

const EMPTY: Newcomer = { first_name: "", last_name: "", email: "" };

export function JoinForm({ token, inviting, onToken, onSent, onRefused }: Props) {
  const { t, language } = useWords();
  const [person, setPerson] = useState(EMPTY);
  const [mistakes, setMistakes] = useState<Record<string, string>>({});
  const [isLost, setLost] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const refused = (error: unknown) => {
    const isFields = error instanceof ApiError && error.code === "invalid";
    const code = codeOf(error);
    if (isFields) setMistakes(sentences(error.fields));
    else if (code === "network" || code === "throttled") setLost(true);
    else onRefused(code);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setLost(false);
    setMistakes({});
    try {
      const personal = await join(token, person, language);
      if (personal) onToken(personal);
      else onSent(person.email);
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  const bind = (name: keyof Newcomer) => ({
    value: person[name],
    mistake: mistakes[name] ?? "",
    onChange: (value: string) => setPerson({ ...person, [name]: value }),
  });
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Title>{inviting.job_title || inviting.campaign}</Title>
      <Lead>{t("join.lead", { company: inviting.organization })}</Lead>
      {inviting.introduction ? (
        <p dir="auto" className="mt-4 leading-relaxed whitespace-pre-line">
          {inviting.introduction}
        </p>
      ) : null}
      <div className="mt-8 grid gap-5 md:grid-cols-2">
        <Field label={t("join.firstName")} autoComplete="given-name" {...bind("first_name")} />
        <Field label={t("join.lastName")} autoComplete="family-name" {...bind("last_name")} />
        <div className="md:col-span-2">
          <Field label={t("join.email")} autoComplete="email" isEmail {...bind("email")} />
        </div>
      </div>
      <p className="mt-4 text-sm text-ink-soft">
        {t("join.use", { company: inviting.organization })}
      </p>
      {isLost ? (
        <div className="mt-4">
          <Banner tone="bad" role="alert">
            {t("join.lost")}
          </Banner>
        </div>
      ) : null}
      <Actions>
        <Button
          disabled={isBusy}
          onClick={({ currentTarget }) => currentTarget.form?.requestSubmit()}
        >
          {t("join.go")}
        </Button>
      </Actions>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  mistake: string;
  autoComplete: string;
  isEmail?: boolean;
  onChange(value: string): void;
}

function Field({ label, value, mistake, autoComplete, isEmail = false, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        id={id}
        type={isEmail ? "email" : "text"}
        dir={isEmail ? "ltr" : "auto"}
        autoComplete={autoComplete}
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
        aria-invalid={mistake !== ""}
        aria-describedby={mistake ? `${id}-mistake` : undefined}
        className="min-h-12 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-start aria-invalid:border-bad"
      />
      <p id={`${id}-mistake`} role="alert" className="mt-1 text-sm text-bad-ink">
        {mistake}
      </p>
    </div>
  );
}
