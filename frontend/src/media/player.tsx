import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";

import { captionsLanguage, useCaptions } from "./captions";
import { useCommands } from "./commands";
import { Controls } from "./controls";
import { commandOf, isOwnKey, keyName } from "./keys";
import type { Media } from "./media";
import { Picture } from "./picture";
import { usePreferences } from "./preferences";
import { useAddresses } from "./use-addresses";
import { usePlayback } from "./use-playback";
import { useSettings } from "./use-settings";
import { Layer, useFullscreen } from "./fullscreen";

const Help = lazy(() => import("./help"));

interface Props {
  media: Media;
  label: string;
  /** Fetch new addresses when the old ones no longer work, or soon will not. */
  renew(): Promise<Media | null>;
}

/** A player for reviewing: seeking, speed, captions, whole screen, all of it by keyboard too. */
export function Player({ media, label, renew }: Props) {
  const frameRef = useRef<HTMLDivElement>(null);
  const mediaRef = useRef<HTMLVideoElement>(null);
  const { language } = useTypedI18n<RecruiterKey>();
  const [preferences, change] = usePreferences();
  const playback = usePlayback(mediaRef, media.durationSeconds);
  const addresses = useAddresses(mediaRef, media, renew);
  const { fresh, takesOver } = addresses;
  const [isHelping, setHelping] = useState(false);
  const captions = captionsLanguage(fresh.captions, preferences.captionsLanguage, language);
  const screen = useFullscreen(frameRef, playback.isPlaying);
  useSettings(mediaRef, media, preferences, change);
  useCaptions(mediaRef, preferences.showsCaptions ? captions : null);

  const { durationSeconds } = media;
  const help = () => setHelping(true);
  const parts = { mediaRef, frameRef, durationSeconds, preferences, change, takesOver, help };
  const commands = useCommands(parts);
  const onKeyDown = (event: KeyboardEvent) => {
    screen.wake();
    press(event, (name) => commandOf(name, commands));
  };
  return (
    // The keys of the player work wherever the focus is inside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={frameRef}
      role="group"
      aria-label={label}
      data-full={screen.isFull || undefined}
      data-idle={screen.isIdle || undefined}
      className="group/player relative flex flex-col bg-black text-white data-full:h-full data-idle:cursor-none"
      onKeyDown={onKeyDown}
      onPointerMove={screen.wake}
    >
      <Layer isFull={screen.isFull}>
        <Picture
          mediaRef={mediaRef}
          addresses={addresses}
          playback={playback}
          onToggle={commands.toggle}
        />
        <Controls
          media={fresh}
          playback={playback}
          commands={commands}
          preferences={preferences}
          change={change}
          captions={captions}
          isFull={screen.isFull}
        />
        {isHelping ? (
          <Suspense>
            <Help onClose={() => setHelping(false)} />
          </Suspense>
        ) : null}
      </Layer>
    </div>
  );
}

/** Do what a key means, unless it belongs to the control that has the focus, or to a menu. */
function press(event: KeyboardEvent, commandFor: (name: string) => (() => void) | undefined): void {
  const { target, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  // What a menu or a dialog is told comes by here too, from elsewhere in the page.
  if (!currentTarget.contains(target) || target.closest("[role=menu], [role=dialog]")) return;
  const name = keyName(event.nativeEvent);
  const control = target instanceof HTMLButtonElement ? "button" : target.dataset["control"];
  const command = isOwnKey(control, name) ? undefined : commandFor(name);
  if (!command) return;
  event.preventDefault();
  command();
}
