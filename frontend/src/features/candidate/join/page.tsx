import { CircleAlert, MailCheck } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import { type CandidateKey, isLanguage, LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";

import { useWords } from "../context";
import { Actions, Button, Lead, Title } from "../parts/controls";
import { codeOf, type Inviting, whoInvites } from "./api";
import { JoinForm } from "./form";

type Words = [CandidateKey, CandidateKey];

const UNEXPECTED: Words = ["problem.unexpected.title", "problem.unexpected.text"];
const PROBLEMS: Record<string, Words> = {
  link_unknown: ["problem.link_unknown.title", "problem.link_unknown.text"],
  campaign_closed: ["problem.campaign_closed.title", "problem.campaign_closed.text"],
  campaign_not_started: ["problem.campaign_not_started.title", "problem.campaign_not_started.text"],
  public_link_full: ["join.full.title", "join.full.text"],
  network: ["problem.network.title", "problem.network.text"],
};

type State =
  | { name: "loading" }
  | { name: "problem"; code: string }
  | { name: "form"; inviting: Inviting }
  | { name: "sent"; email: string; inviting: Inviting };

interface Props {
  token: string;
  /** Go on to the interview of this personal token. */
  enter(token: string): void;
}

/** What somebody sees who comes by a campaign's public link: who asks, and a small form. */
export function JoinPage({ token, enter }: Props) {
  const { t, language } = useWords();
  const [state, setState] = useState<State>({ name: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isGone = false;
    whoInvites(token, language).then(
      (inviting) => isGone || setState({ name: "form", inviting }),
      (error: unknown) => isGone || setState({ name: "problem", code: codeOf(error) }),
    );
    return () => {
      isGone = true;
    };
    // The words of another language come with the page; the company's stay as they are.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [token, tries]);

  if (state.name === "loading") return <p role="status">{t("app.loading")}</p>;
  if (state.name === "problem") {
    return (
      <Around>
        <Problem code={state.code} onRetry={() => setTries(tries + 1)} />
      </Around>
    );
  }
  const { inviting } = state;
  return (
    <Around inviting={inviting}>
      {state.name === "sent" ? (
        <Sent email={state.email} />
      ) : (
        <JoinForm
          token={token}
          inviting={inviting}
          onToken={enter}
          onSent={(email) => setState({ name: "sent", email, inviting })}
          onRefused={(code) => setState({ name: "problem", code })}
        />
      )}
    </Around>
  );
}

function Problem({ code, onRetry }: { code: string; onRetry(): void }) {
  const { t } = useWords();
  const [title, text] = PROBLEMS[code] ?? UNEXPECTED;
  const isFinal = code === "link_unknown" || code === "campaign_closed";
  return (
    <>
      <CircleAlert aria-hidden className="mb-4 size-10 text-bad-ink" />
      <Title>{t(title)}</Title>
      <Lead>{t(text)}</Lead>
      {isFinal ? null : (
        <Actions>
          <Button onClick={onRetry}>{t("problem.retry")}</Button>
        </Actions>
      )}
    </>
  );
}

function Sent({ email }: { email: string }) {
  const { t } = useWords();
  return (
    <>
      <MailCheck aria-hidden className="mb-4 size-10 text-good-ink" />
      <Title>{t("join.sent.title")}</Title>
      <Lead>
        {t("join.sent.text")} <bdi dir="ltr">{email}</bdi>
      </Lead>
    </>
  );
}

/** The company's name and colour, and the choice of language. */
function Around({ inviting, children }: { inviting?: Inviting; children: ReactNode }) {
  const { t, language, setLanguage } = useWords();
  const company = inviting?.organization ?? t("app.name");
  const color = inviting?.brand_color;
  useEffect(() => {
    if (color) document.documentElement.style.setProperty("--brand", color);
  }, [color]);
  useEffect(() => {
    document.title = t("page.title", { company });
  }, [t, company]);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-2xl items-center gap-3 px-4 py-3 md:px-6">
          <bdi className="min-w-0 flex-1 truncate font-semibold">{company}</bdi>
          <select
            aria-label={t("header.language")}
            value={language}
            onChange={({ target }) => isLanguage(target.value) && setLanguage(target.value)}
            className="native-name min-h-11 rounded-md border border-line-strong/60 bg-surface px-3 text-sm text-ink"
          >
            {LANGUAGES.map((code) => (
              <option key={code} value={code} lang={code}>
                {NATIVE_NAMES[code]}
              </option>
            ))}
          </select>
        </div>
      </header>
      <main className="mx-auto w-full max-w-2xl flex-1 px-4 py-8 md:px-6 md:py-12">{children}</main>
    </div>
  );
}
