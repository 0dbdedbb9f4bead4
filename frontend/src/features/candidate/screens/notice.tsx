import { useId, useState } from "react";

import { useController, useInterview, useWords } from "../context";
import { Actions, Button, Lead, Title } from "../parts/controls";

/** What is recorded, why and for whom; agreed to before the camera is opened. */
export function Notice() {
  const { t } = useWords();
  const controller = useController();
  const { notice, organization, session } = useInterview();
  const [agreed, setAgreed] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const mistake = useId();
  const missing = asked && !agreed;

  async function next() {
    setAsked(true);
    if (!agreed) return;
    setBusy(true);
    await controller.consent();
    setBusy(false);
  }

  return (
    <>
      <Title>{t("notice.title")}</Title>
      <Lead>{t("notice.lead")}</Lead>
      <div
        lang={session.language}
        className="mt-6 grid gap-4 rounded-lg border border-line bg-surface p-5 leading-relaxed"
      >
        {notice.paragraphs.map((paragraph) => (
          <p key={paragraph} dir="auto">
            {paragraph}
          </p>
        ))}
      </div>
      <label className="mt-6 flex min-h-11 cursor-pointer items-start gap-3 leading-relaxed">
        <input
          type="checkbox"
          checked={agreed}
          onChange={(event) => setAgreed(event.target.checked)}
          aria-invalid={missing}
          aria-describedby={missing ? mistake : undefined}
          className="mt-0.5 size-6 shrink-0 accent-accent"
        />
        {t("notice.agree", { company: organization.name })}
      </label>
      <p id={mistake} role="alert" className="mt-2 text-bad-ink">
        {missing ? t("notice.required") : ""}
      </p>
      <Actions>
        <Button disabled={busy} onClick={() => void next()}>
          {t("notice.next")}
        </Button>
      </Actions>
    </>
  );
}
