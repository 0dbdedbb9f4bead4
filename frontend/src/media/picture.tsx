import { AudioLines, LoaderCircle, Play, RotateCw } from "lucide-react";
import type { ReactNode, RefObject } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import type { Media } from "./media";
import { percent } from "./seeking";
import type { useAddresses } from "./use-addresses";
import type { Playback } from "./use-playback";
import { Waveform } from "./waveform";

interface Props {
  mediaRef: RefObject<HTMLVideoElement | null>;
  addresses: ReturnType<typeof useAddresses>;
  playback: Playback;
  onToggle(): void;
}

/** What is seen: the video, or the sound's shape; what is wrong, or still on its way. */
export function Picture({ mediaRef, addresses, playback, onToggle }: Props) {
  const { fresh, src, problem, onError, onLoadedMetadata, retry } = addresses;
  return (
    <div className="relative flex min-h-0 grow items-center justify-center overflow-clip">
      {fresh.hasVideo ? null : <Sound media={fresh} playback={playback} />}
      {/* Captions come with a transcript; before that answers are as they were spoken. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={mediaRef}
        src={src}
        {...(fresh.poster && fresh.hasVideo && { poster: fresh.poster })}
        preload="metadata"
        playsInline
        tabIndex={-1}
        className={`relative w-full object-contain outline-none group-data-full/player:h-full ${fresh.hasVideo ? "max-h-[70dvh] group-data-full/player:max-h-none max-md:max-h-[55dvh] md:aspect-video" : "h-56 md:aspect-video md:h-auto"} group-data-full/player:aspect-auto group-not-data-idle/player:group-data-full/player:[&::-webkit-media-text-track-container]:-translate-y-28`}
        onClick={onToggle}
        onError={onError}
        onLoadedMetadata={onLoadedMetadata}
      >
        {fresh.captions.map(({ url, language, label }) => (
          <track key={language} kind="captions" src={url} srcLang={language} label={label} />
        ))}
      </video>
      {problem ? <Trouble problem={problem} onRetry={retry} /> : <Cover playback={playback} />}
    </div>
  );
}

const Over = ({ children, className = "" }: { children: ReactNode; className?: string }) => (
  <div className={`absolute inset-0 flex items-center justify-center ${className}`}>{children}</div>
);

/** Before the first second a button that nobody misses; later only that more is on its way. */
function Cover({ playback: { hasBegun, isWaiting } }: { playback: Playback }) {
  const { t } = useTypedI18n<RecruiterKey>();
  if (isWaiting) {
    return (
      <Over className="pointer-events-none">
        <span role="status" className="rounded-full bg-black/70 p-3">
          <LoaderCircle aria-hidden className="size-8 animate-spin" />
          <span className="sr-only">{t("app.loading")}</span>
        </span>
      </Over>
    );
  }
  if (hasBegun) return null;
  return (
    <Over className="pointer-events-none">
      <span aria-hidden className="rounded-full bg-black/70 p-5">
        <Play className="size-8 fill-current" />
      </span>
    </Over>
  );
}

function Trouble({ problem, onRetry }: { problem: "broken" | "unsupported"; onRetry(): void }) {
  const { t } = useTypedI18n<RecruiterKey>();
  return (
    <Over className="flex-col gap-4 bg-black p-6 text-center">
      <p role="alert" className="max-w-md text-sm text-pretty">
        {t(`player.${problem}`)}
      </p>
      <button
        type="button"
        onClick={onRetry}
        className="flex min-h-11 cursor-pointer items-center gap-2 rounded-md border border-white/50 px-4 text-sm font-semibold hover:bg-white/15 focus-visible:outline-white"
      >
        <RotateCw aria-hidden className="size-4.5" />
        {t("action.retry")}
      </button>
    </Over>
  );
}

/** An answer without a picture: its sound from beginning to end. */
function Sound({ media, playback }: { media: Media; playback: Playback }) {
  const { time, duration } = playback;
  if (!media.waveform) {
    return (
      <Over>
        <AudioLines aria-hidden className="size-16 text-white/50" />
      </Over>
    );
  }
  return (
    // Time runs to the right in every language.
    <Over className="px-6 py-10">
      <div dir="ltr" className="relative h-full max-h-48 w-full">
        <Waveform peaks={media.waveform} played={percent(time, duration)} isMirrored />
      </div>
    </Over>
  );
}
