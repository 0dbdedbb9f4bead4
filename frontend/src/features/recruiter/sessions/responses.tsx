import { FileText, Play, SkipForward } from "lucide-react";

import type { Response } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { clock } from "@/media/time";
import { Badge } from "@/ui/badge";
import { Card } from "@/ui/page";

import { isWritten } from "./written";

interface Props {
  responses: Response[];
  current: Response;
  onShow(response: Response): void;
}

/** The answers of the session, each with its picture and own score. */
export function ResponseList({ responses, current, onShow }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("review.answers")}>
      <ol className="flex flex-col gap-1 p-2">
        {responses.map((response) => (
          <li key={response.id}>
            <button
              type="button"
              aria-current={response.id === current.id ? "step" : undefined}
              onClick={() => onShow(response)}
              className="flex w-full cursor-pointer items-center gap-3 rounded-md p-2 text-start text-sm hover:bg-sunken aria-[current=step]:bg-accent-soft"
            >
              <Thumbnail response={response} />
              <span className="line-clamp-2 grow wrap-anywhere">
                {t("review.numbered", {
                  position: response.question.position,
                  text: response.question.text,
                })}
              </span>
              <OwnScore response={response} />
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Thumbnail({ response }: { response: Response }) {
  const { number } = useI18n();
  const { recording } = response;
  const duration = recording?.duration_ms;
  const Icon = recording ? Play : isWritten(response) ? FileText : SkipForward;
  return (
    <span
      aria-hidden
      className="relative flex h-11 w-18 shrink-0 items-center justify-center overflow-clip rounded-sm bg-sunken text-ink-faint"
    >
      {recording?.poster_url ? (
        <img src={recording.poster_url} alt="" loading="lazy" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className="size-4" />
      )}
      {duration ? (
        <span className="absolute end-0.5 bottom-0.5 rounded-sm bg-black px-1 text-[0.6875rem] font-medium text-white tabular-nums">
          {clock(duration / 1000, number)}
        </span>
      ) : null}
    </span>
  );
}

function OwnScore({ response }: { response: Response }) {
  const { t, number } = useI18n();
  const score = response.evaluation?.score;
  if (score === undefined) return null;
  return (
    <Badge tone="good">
      <span className="sr-only">{t("evaluation.score")}</span> {number(score)}
    </Badge>
  );
}
