import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";

import { candidateQuery } from "@/api/candidates";
import type { Candidate } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { nameOf } from "@/features/shared/person";
import { NATIVE_NAMES } from "@/lib/i18n";
import { Badge } from "@/ui/badge";
import { Card, Email, Page } from "@/ui/page";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(candidateQuery(id));
  return (
    <Loaded key={id} query={query}>
      {(candidate) => <Detail candidate={candidate} />}
    </Loaded>
  );
}

function Detail({ candidate }: { candidate: Candidate }) {
  const { t } = useI18n();
  return (
    <Page
      title={nameOf(candidate)}
      back={{ to: "/candidates", text: t("candidates.title") }}
      subtitle={<Email>{candidate.email}</Email>}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Interviews candidate={candidate} />
        <Contact candidate={candidate} />
      </div>
    </Page>
  );
}

function Interviews({ candidate }: { candidate: Candidate }) {
  const { t } = useI18n();
  return (
    <Card title={t("candidate.interviews")}>
      {candidate.sessions.length === 0 ? (
        <p className="p-4 text-sm text-ink-soft">{t("candidate.noInterview")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {candidate.sessions.map(({ id, campaign, status }) => (
            <li
              key={id}
              className="relative flex items-center justify-between gap-3 px-4 py-3 hover:bg-canvas"
            >
              <Link
                to={`/sessions/${id}`}
                className="font-medium wrap-anywhere after:absolute after:inset-0 hover:underline"
              >
                <bdi>{campaign.title}</bdi>
              </Link>
              <Badge>{t(`sessionStatus.${status}`)}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Contact({ candidate }: { candidate: Candidate }) {
  const { t } = useI18n();
  const { day } = useFormat();
  const { email, phone, linkedin_url, language, created_at } = candidate;
  const lines: [string, ReactNode][] = [
    [t("field.email"), <MailTo key="email" email={email} />],
    [
      t("field.phone"),
      phone ? (
        <bdi key="phone" dir="ltr">
          {phone}
        </bdi>
      ) : (
        "–"
      ),
    ],
    [t("field.linkedin"), linkedin_url ? <Outside key="linkedin" url={linkedin_url} /> : "–"],
    [t("field.language"), NATIVE_NAMES[language]],
    [t("field.createdAt"), day(created_at)],
  ];
  return (
    <Card title={t("candidate.contact")}>
      <dl className="flex flex-col gap-3.5 p-4 text-sm">
        {lines.map(([name, value]) => (
          <div key={name} className="flex flex-col gap-0.5">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function MailTo({ email }: { email: string }) {
  return (
    <a href={`mailto:${email}`} className="underline">
      <Email>{email}</Email>
    </a>
  );
}

/** Addresses come from people: only those of the web become links. */
function Outside({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) return <bdi dir="ltr">{url}</bdi>;
  return (
    <a href={url} target="_blank" rel="noreferrer" className="underline">
      <bdi dir="ltr">{url.replace(/^https?:\/\/(www\.)?/i, "")}</bdi>{" "}
      <ExternalLink aria-hidden className="inline size-3.5" />
    </a>
  );
}
