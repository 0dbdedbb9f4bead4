import { LoaderCircle, SkipForward, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import type { Response, Session } from "@/api/types";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";

/** Why there is nothing to play: left out, still on its way, or not to be saved. */
export function NotPlayable({ session, response }: { session: Session; response: Response }) {
  const { t } = useI18n();
  const { recording } = response;
  if (!recording) {
    return <Sentence icon={<SkipForward />} title={t("response.skipped")} />;
  }
  if (recording.state === "rejected" || recording.state === "failed") {
    return (
      <Sentence
        icon={<TriangleAlert />}
        title={t("response.failed")}
        text={recording.reason_text ?? t("response.failedText")}
        more={response.given_back ? t(givenBack(session)) : null}
      />
    );
  }
  return (
    <Sentence
      icon={<LoaderCircle className="animate-spin" />}
      title={t("response.processing")}
      text={t("response.processingText")}
    />
  );
}

/** What became of an answer that a technical fault spoilt. */
export const givenBack = ({ status }: Session): RecruiterKey =>
  ["completed", "expired", "withdrawn"].includes(status)
    ? "response.faultAfterEnd"
    : "response.askedAgain";

interface SentenceProps {
  icon: ReactNode;
  title: string;
  text?: string;
  more?: string | null;
}

function Sentence({ icon, title, text, more }: SentenceProps) {
  return (
    <div
      role="status"
      className="flex min-h-56 flex-col items-center justify-center gap-2 border-b border-line bg-sunken p-6 text-center md:aspect-video [&_svg]:size-8 [&_svg]:text-ink-faint"
    >
      {icon}
      <p className="mt-1 font-semibold">{title}</p>
      {text ? <p className="max-w-md text-sm text-pretty text-ink-soft">{text}</p> : null}
      {more ? <p className="max-w-md text-sm font-medium text-pretty">{more}</p> : null}
    </div>
  );
}
