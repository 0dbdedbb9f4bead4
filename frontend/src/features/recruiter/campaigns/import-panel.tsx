import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ListPlus, Send, X } from "lucide-react";
import { useEffect } from "react";

import {
  type Import,
  importQuery,
  type ImportLine,
  useImportLines,
  useSteerImport,
} from "@/api/invitations";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button, ButtonLink } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Email, Figure } from "@/ui/page";

interface Props {
  id: string;
  campaignId: string;
  onAnother(): void;
}

/** A list on its way: read, looked at, confirmed, invited. */
export function ImportPanel({ id, campaignId, onAnother }: Props) {
  return (
    <Loaded query={useQuery(importQuery(id))}>
      {(batch) => (
        <div className="flex flex-col gap-5">
          <State batch={batch} />
          <Numbers batch={batch} />
          <Steps batch={batch} campaignId={campaignId} onAnother={onAnother} />
          {batch.state === "reading" ? null : <Left batch={batch} />}
        </div>
      )}
    </Loaded>
  );
}

const TEXTS = {
  preview: ["wait", "import.preview"],
  cancelled: ["wait", "import.cancelled"],
  failed: ["bad", "import.failed"],
} as const satisfies Record<string, ["wait" | "bad", RecruiterKey]>;

function State({ batch }: { batch: Import }) {
  const { t } = useI18n();
  useFreshLists(batch.state === "done");
  switch (batch.state) {
    case "reading":
      return <Progress batch={batch} text={t("import.reading")} />;
    case "running":
      return <Progress batch={batch} text={t("import.running")} />;
    case "done":
      return <Notice tone="good">{t("invite.invited", { count: batch.invited })}</Notice>;
    default: {
      const [tone, text] = TEXTS[batch.state];
      return <Notice tone={tone}>{t(text)}</Notice>;
    }
  }
}

/** Who was invited in the background stands in the lists from now on. */
function useFreshLists(isDone: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isDone) return;
    for (const key of ["campaigns", "sessions", "candidates"]) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  }, [isDone, queryClient]);
}

function Progress({ batch: { done, total }, text }: { batch: Import; text: string }) {
  const { t } = useI18n();
  const percent = total === 0 ? 0 : Math.round((100 * done) / total);
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="font-medium">
        {text}
      </p>
      <div
        role="progressbar"
        aria-label={text}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-2 overflow-clip rounded-full bg-line"
      >
        <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
      <p className="text-sm text-ink-soft tabular-nums">{t("import.progress", { done, total })}</p>
    </div>
  );
}

function Numbers({ batch }: { batch: Import }) {
  const { t, number } = useI18n();
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Figure name={t("import.lines")} value={number(batch.lines)} />
      <Figure name={t("import.good")} value={number(batch.good)} />
      <Figure name={t("import.wrong")} value={number(batch.wrong)} />
      <Figure name={t("import.skipped")} value={number(batch.skipped)} />
    </dl>
  );
}

function Steps({ batch, campaignId, onAnother }: { batch: Import } & Omit<Props, "id">) {
  const { t } = useI18n();
  const steer = useSteerImport(batch.id);
  const errorText = useErrorText();
  const isOver = ["done", "cancelled", "failed"].includes(batch.state);
  return (
    <>
      {steer.error ? <Notice tone="bad">{errorText(steer.error)}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        {batch.state === "preview" && batch.good > 0 ? (
          <Button
            variant="primary"
            icon={<Send aria-hidden className="rtl:-scale-x-100" />}
            isPending={steer.isPending}
            onPress={() => steer.mutate("start")}
          >
            {t("invite.sendCount", { count: batch.good })}
          </Button>
        ) : null}
        {isOver ? (
          <>
            <ButtonLink variant="primary" to={`/campaigns/${campaignId}`}>
              {t("import.toCampaign")}
            </ButtonLink>
            <Button icon={<ListPlus aria-hidden />} onPress={onAnother}>
              {t("import.another")}
            </Button>
          </>
        ) : (
          <Button icon={<X aria-hidden />} onPress={() => steer.mutate("cancel")}>
            {t(batch.state === "running" ? "import.stop" : "import.discard")}
          </Button>
        )}
      </div>
    </>
  );
}

/** The lines that are not invited, each with its reason. */
function Left({ batch }: { batch: Import }) {
  const { t } = useI18n();
  return (
    <>
      {batch.wrong > 0 ? (
        <Lines batch={batch} state="wrong" title={t("import.wrongLines")} />
      ) : null}
      {batch.skipped > 0 ? (
        <Lines batch={batch} state="skipped" title={t("import.skippedLines")} />
      ) : null}
    </>
  );
}

interface LinesProps {
  batch: Import;
  state: ImportLine["state"];
  title: string;
}

function Lines({ batch, state, title }: LinesProps) {
  const { t } = useI18n();
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <Loaded query={useImportLines(batch.id, state)}>
        {({ results, next }) => (
          <>
            <ul aria-label={title} className="mt-2 divide-y divide-line border-y border-line">
              {results.map((line) => (
                <Line key={line.number} line={line} />
              ))}
            </ul>
            {next ? <p className="mt-2 text-sm text-ink-soft">{t("import.first")}</p> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Line({ line: { number, person, errors } }: { line: ImportLine }) {
  const { t } = useI18n();
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return (
    <li className="grid gap-x-4 gap-y-0.5 py-2.5 text-sm md:grid-cols-[6rem_1fr_1.4fr]">
      <span className="text-ink-soft tabular-nums">{t("import.line", { number })}</span>
      <span className="min-w-0">
        <bdi>{name}</bdi>
        {name && person.email ? <br /> : null}
        {person.email ? <Email>{person.email}</Email> : null}
      </span>
      <ul className="text-bad-ink">
        {Object.entries(errors).flatMap(([field, found]) =>
          found.map(({ code, detail }) => (
            <li key={`${field} ${code}`}>
              {field in FIELDS ? `${t(FIELDS[field as keyof typeof FIELDS])} : ` : ""}
              {detail}
            </li>
          )),
        )}
      </ul>
    </li>
  );
}

const FIELDS = {
  first_name: "field.firstName",
  last_name: "field.lastName",
  email: "field.email",
  phone: "field.phone",
  linkedin_url: "field.linkedin",
  language: "field.language",
} as const satisfies Record<string, RecruiterKey>;
