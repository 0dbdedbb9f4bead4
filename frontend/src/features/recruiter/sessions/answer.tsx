import { AudioLines } from "lucide-react";
import { type ReactNode, useCallback } from "react";

import { fetchRecording } from "@/api/responses";
import type { Response, Session } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Player } from "@/media/player";
import { Badge } from "@/ui/badge";
import { Card } from "@/ui/page";

import { EvaluationForm, type Judgement } from "./evaluation";
import { mediaOf } from "./media";
import { givenBack, NotPlayable } from "./not-playable";
import { Reopen } from "./reopen";
import { isWritten, Written } from "./written";

interface Props {
  session: Session;
  response: Response;
  unsaved: Judgement | undefined;
  onJudge(judgement: Judgement): void;
  onNext?: () => void;
  aside: ReactNode;
}

/** One answer: the question, what was said, what the reviewer thinks of it. */
export function Answer({ session, response, unsaved, onJudge, onNext, aside }: Props) {
  return (
    <>
      <Card className="max-md:-mx-4 max-md:rounded-none max-md:border-x-0">
        <Stage session={session} response={response} />
        <Words session={session} response={response} />
      </Card>
      <div className="flex flex-col gap-6 lg:row-span-2">
        <EvaluationForm
          response={response}
          sessionId={session.id}
          unsaved={unsaved}
          onJudge={onJudge}
          {...(onNext && { onNext })}
        />
        {aside}
      </div>
    </>
  );
}

function Stage({ session, response }: Pick<Props, "session" | "response">) {
  const { t } = useI18n();
  const { id, recording, question } = response;
  const renew = useCallback(() => fetchRecording(id).then(mediaOf), [id]);
  const media = mediaOf(recording);
  if (isWritten(response)) return <Written response={response} />;
  if (!recording || !media) {
    return <NotPlayable session={session} response={response} />;
  }
  return (
    <>
      {recording.has_video === false ? (
        <p className="flex items-center gap-2 border-b border-line px-4 py-3 text-sm text-ink-soft">
          <AudioLines aria-hidden className="size-4.5" />
          {t("response.audioOnly")}
        </p>
      ) : null}
      <Player
        key={recording.id}
        media={media}
        label={t("response.player", { position: question.position })}
        renew={renew}
      />
    </>
  );
}

function Words({ session, response }: Pick<Props, "session" | "response">) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const { question, submitted_at, late, given_back, reopened_at, recording } = response;
  return (
    <div className="flex flex-col gap-1.5 p-4 md:p-5">
      <p className="text-sm font-medium text-ink-faint">
        {t("question.title", { position: question.position })}
      </p>
      <h2 className="text-lg font-semibold text-pretty wrap-anywhere">
        <bdi>{question.text}</bdi>
      </h2>
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        {t("response.submitted", { date: moment(submitted_at) })}
        {late ? <Badge tone="wait">{t("response.late")}</Badge> : null}
        {given_back && recording?.state === "ready" ? (
          <Badge tone="wait">{t(givenBack(session))}</Badge>
        ) : null}
        {reopened_at ? (
          <Badge tone="wait">{t("reopen.waiting", { date: moment(reopened_at) })}</Badge>
        ) : null}
      </p>
      <Reopen session={session} response={response} />
    </div>
  );
}
