import { useCallback } from "react";

import { useWords } from "../context";
import type { Prompt } from "../model/types";

/** A recruiter's own recording, with its captions; silent as long as it cannot be played. */
export function PromptPlayer({ prompt, label }: { prompt: Prompt; label: string }) {
  const { language } = useWords();
  const captions = useCaptions(prompt.captions);
  if (!prompt.url) return <Transcript text={prompt.transcript} />;
  return (
    <figure>
      <video
        src={prompt.url}
        poster={prompt.poster_url ?? undefined}
        controls
        playsInline
        preload="metadata"
        aria-label={label}
        className={`w-full rounded-lg bg-black ${prompt.kind === "audio" ? "h-16" : "max-h-[50dvh]"}`}
      >
        <track
          ref={captions}
          kind="captions"
          srcLang={prompt.language || language}
          label={label}
          default={prompt.language !== language || prompt.kind === "audio"}
        />
      </video>
      <Transcript text={prompt.transcript} />
    </figure>
  );
}

function Transcript({ text }: { text: string }) {
  if (!text.trim()) return null;
  return (
    <p dir="auto" className="mt-2 text-sm leading-relaxed whitespace-pre-line text-ink-soft">
      {text}
    </p>
  );
}

/** Captions come with the interview: they are shown from the page's own memory. */
function useCaptions(vtt: string) {
  return useCallback(
    (track: HTMLTrackElement | null) => {
      if (!track || !vtt) return undefined;
      const address = URL.createObjectURL(new Blob([vtt], { type: "text/vtt" }));
      track.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [vtt],
  );
}
