import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { useController, useStation, useWords } from "../context";
import { SoundOnlyPanel } from "./soundOnly";

function useIsSoundOnly(): boolean {
  const { devices } = useStation();
  return devices.kind === "open" && !devices.camera;
}

/** What the camera sees, as in a mirror; or that there is none. */
export function Preview({ hidden = false }: { hidden?: boolean }) {
  return useIsSoundOnly() ? <SoundOnlyPanel /> : <Mirror hidden={hidden} />;
}

function Mirror({ hidden }: { hidden: boolean }) {
  const { t } = useWords();
  const { station } = useController();
  const { devices } = useStation();
  const video = useRef<HTMLVideoElement>(null);
  const isOpen = devices.kind === "open";

  useEffect(() => {
    if (video.current) video.current.srcObject = isOpen ? station.stream : null;
  }, [station, isOpen]);

  return (
    <div className="relative aspect-video w-full overflow-hidden rounded-lg bg-black max-md:max-h-[38dvh] short:max-h-[50dvh]">
      <video
        ref={video}
        muted
        autoPlay
        playsInline
        aria-label={t("preview.label")}
        className={`size-full -scale-x-100 object-cover ${hidden ? "invisible" : ""}`}
      />
      {hidden && (
        <p className="absolute inset-0 grid place-items-center bg-sunken p-6 text-center text-ink-soft">
          {t("preview.hidden")}
        </p>
      )}
    </div>
  );
}

/** Whether the candidate chose not to see themself; it holds from one question to the next. */
export function useHidesSelf() {
  const controller = useController();
  const [hidden, setHidden] = useState(controller.hidesSelf);
  const choose = (hides: boolean) => {
    controller.hideSelf(hides);
    setHidden(hides);
  };
  return [hidden, choose] as const;
}

/** The preview with a button that hides it: seeing oneself can distract. */
export function SelfView({ children }: { children?: React.ReactNode }) {
  const { t } = useWords();
  const [hidden, setHidden] = useHidesSelf();
  const soundOnly = useIsSoundOnly();
  const Icon = hidden ? Eye : EyeOff;
  return (
    // Where it stands above the clock and the button, it leaves them room on the screen.
    <div className="max-lg:mx-auto max-lg:w-[min(100%,50dvh)] max-md:w-[min(100%,40dvh)] short:w-full!">
      <div className="relative">
        <Preview hidden={hidden} />
        {children}
      </div>
      {!soundOnly && (
        <button
          type="button"
          onClick={() => setHidden(!hidden)}
          className="mt-2 inline-flex min-h-11 scroll-mb-48 cursor-pointer items-center gap-2 rounded-md px-2 text-sm text-ink-soft hover:text-ink"
        >
          <Icon aria-hidden="true" className="size-4.5" />
          {t(hidden ? "preview.show" : "preview.hide")}
        </button>
      )}
    </div>
  );
}
