import { ArrowRight } from "lucide-react";

import { lazy, Suspense } from "react";

import { useController, useInterview, useWords } from "../context";
import { expectedMinutes } from "../model/flow";
import type { Prompt } from "../model/types";
import { Actions, Button, Lead, Title } from "../parts/controls";
import { ReplyDate } from "../parts/replyDate";

const STEPS = ["intro.step1", "intro.step2", "intro.step3"] as const;

export function Introduction() {
  const { t, date } = useWords();
  const controller = useController();
  const { campaign, candidate, questions, session } = useInterview();
  const minutes = campaign.minutes || expectedMinutes(questions);
  const place = [campaign.company, campaign.department].filter(Boolean).join(" · ");

  return (
    <>
      <p className="mb-2 font-semibold text-accent-ink">
        <bdi>{campaign.job_title || campaign.title}</bdi>
        {place && <bdi className="block text-sm font-normal text-ink-soft">{place}</bdi>}
      </p>
      <Title>{t("intro.title", { name: candidate.first_name })}</Title>
      <Lead>
        {t("intro.questions", { count: questions.length })} {t("intro.minutes", { count: minutes })}
      </Lead>
      <ReplyDate />
      <CompanyWord text={campaign.introduction} />
      <CompanyVideo prompt={campaign.introduction_prompt} />
      <h2 className="mt-8 mb-3 text-lg font-semibold">{t("intro.how")}</h2>
      <ol className="grid gap-3">
        {STEPS.map((key, index) => (
          <li
            key={key}
            className="flex items-center gap-4 rounded-lg border border-line bg-surface p-4 leading-relaxed"
          >
            <Number value={index + 1} />
            {t(key)}
          </li>
        ))}
      </ol>
      <h2 className="mt-8 mb-3 text-lg font-semibold">{t("intro.advice")}</h2>
      <ul className="grid list-disc gap-2 ps-5 leading-relaxed text-ink-soft">
        <li>{t("intro.advice1")}</li>
        <li>{t(`intro.prep.${campaign.preparation_mode}`)}</li>
        <li>{t("intro.takes", { count: campaign.takes_allowed })}</li>
        {campaign.review_own_take && <li>{t("intro.review")}</li>}
        {campaign.going_back && <li>{t("intro.back")}</li>}
        {campaign.closing_minute && <li>{t("intro.closing")}</li>}
        {campaign.questions_to_team && <li>{t("intro.team")}</li>}
        <li>{t("intro.nobody")}</li>
        <li>{t("intro.advice2")}</li>
        <li>
          {t("intro.until", {
            date: date(session.expires_at, { dateStyle: "long", timeStyle: "short" }),
          })}
        </li>
      </ul>
      <Actions>
        <Button onClick={() => controller.introductionRead()}>
          {t("intro.next")}
          <ArrowRight aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
      </Actions>
    </>
  );
}

function CompanyWord({ text }: { text: string }) {
  const { t } = useWords();
  if (!text.trim()) return null;
  return (
    <figure className="mt-6 border-s-4 border-accent ps-4">
      <figcaption className="text-sm text-ink-faint">{t("intro.word")}</figcaption>
      <blockquote dir="auto" className="mt-1 leading-relaxed whitespace-pre-line">
        {text}
      </blockquote>
    </figure>
  );
}

// The player comes later; the words do not wait for it.
const PromptPlayer = lazy(async () => ({ default: (await import("../later")).PromptPlayer }));

function CompanyVideo({ prompt }: { prompt: Prompt | null }) {
  const { t } = useWords();
  if (!prompt) return null;
  return (
    <div className="mt-6">
      <Suspense>
        <PromptPlayer prompt={prompt} label={t("intro.video")} />
      </Suspense>
    </div>
  );
}

function Number({ value }: { value: number }) {
  const { number } = useWords();
  return (
    <span
      aria-hidden="true"
      className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent-ink"
    >
      {number(value)}
    </span>
  );
}
