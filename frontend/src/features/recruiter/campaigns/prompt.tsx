import { useQuery } from "@tanstack/react-query";
import { Captions, Trash2, Video } from "lucide-react";
import { useState } from "react";

import { promptQuery } from "@/api/prompts";
import type { Language, Prompt } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

import { ChangeWordsDialog, SendDialog } from "./prompt-dialogs";

interface Props {
  /** What it stands beside, for those who do not see it. */
  label: string;
  value: string | null;
  language: Language;
  mistake?: string | undefined;
  onChange(id: string | null): void;
}

/** A recording of the recruiter beside a text: sent, looked at, captioned, taken away. */
export function PromptField({ label, value, language, mistake, onChange }: Props) {
  const { t } = useI18n();
  const [isSending, setSending] = useState(false);
  return (
    <div role="group" aria-label={label} className="flex flex-col items-start gap-2">
      {value === null ? (
        <Button size="sm" icon={<Video aria-hidden />} onPress={() => setSending(true)}>
          {t("prompt.add")}
        </Button>
      ) : (
        <Existing id={value} onRemove={() => onChange(null)} />
      )}
      {mistake ? <p className="text-sm font-medium text-bad-ink">{mistake}</p> : null}
      <SendDialog
        language={language}
        isOpen={isSending}
        onClose={() => setSending(false)}
        onSent={(prompt) => onChange(prompt.id)}
      />
    </div>
  );
}

function Existing({ id, onRemove }: { id: string; onRemove(): void }) {
  const { t } = useI18n();
  const { data, isError } = useQuery(promptQuery(id));
  const [isChanging, setChanging] = useState(false);
  return (
    <div className="flex w-full max-w-md flex-col gap-2">
      {data ? <Shown prompt={data} /> : null}
      {isError ? <Notice tone="bad">{t("error.load.title")}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        {data ? (
          <Button size="sm" icon={<Captions aria-hidden />} onPress={() => setChanging(true)}>
            {t(data.captions ? "prompt.changeCaptions" : "prompt.addCaptions")}
          </Button>
        ) : null}
        <Button size="sm" icon={<Trash2 aria-hidden />} onPress={onRemove}>
          {t("prompt.remove")}
        </Button>
      </div>
      {data ? (
        <ChangeWordsDialog prompt={data} isOpen={isChanging} onClose={() => setChanging(false)} />
      ) : null}
    </div>
  );
}

function Shown({ prompt }: { prompt: Prompt }) {
  const { t } = useI18n();
  if (prompt.reason_text) return <Notice tone="bad">{prompt.reason_text}</Notice>;
  if (prompt.url === null) return <Notice tone="wait">{t("prompt.preparing")}</Notice>;
  const tracks = prompt.captions ? (
    <track
      key={prompt.captions}
      ref={give(prompt.captions)}
      kind="captions"
      srcLang={prompt.language}
      label={t("player.captions")}
      default
    />
  ) : null;
  if (prompt.kind === "audio") {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands for them
      <audio src={prompt.url} controls preload="metadata" className="w-full">
        {tracks}
      </audio>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- offered beside it, if there are any
    <video
      src={prompt.url}
      {...(prompt.poster_url && { poster: prompt.poster_url })}
      controls
      playsInline
      preload="metadata"
      className="aspect-video w-full rounded-md bg-black"
    >
      {tracks}
    </video>
  );
}

/** Captions that came as text get an address in this page for as long as they are shown. */
const give = (captions: string) => (track: HTMLTrackElement) => {
  const address = URL.createObjectURL(new Blob([captions], { type: "text/vtt" }));
  track.src = address;
  return () => URL.revokeObjectURL(address);
};
