import { Keyboard, PictureInPicture2, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Separator } from "react-aria-components";

import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";
import { Menu, MenuChoice, MenuItem } from "@/ui/menu";

import type { ControlsProps } from "./controls";
import { RATES } from "./preferences";
import { CONTROL } from "./styles";

function Trigger({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Button aria-label={label} className={CONTROL}>
      {children}
    </Button>
  );
}

export function RateMenu({ preferences, change }: ControlsProps) {
  const { t, number } = useTypedI18n<RecruiterKey>();
  const write = (rate: number) => `${number(rate)}×`;
  return (
    <Menu
      label={t("player.speed")}
      trigger={
        <Trigger label={t("player.rate", { rate: preferences.rate })}>
          {write(preferences.rate)}
        </Trigger>
      }
    >
      <MenuChoice
        title={t("player.speed")}
        selected={String(preferences.rate)}
        onSelect={(rate) => change({ rate: Number(rate) })}
      >
        {RATES.map((rate) => (
          <MenuItem key={rate} id={String(rate)} text={write(rate)} />
        ))}
      </MenuChoice>
    </Menu>
  );
}

/** What is chosen once and kept: captions, loudness; and what few need. */
export function SettingsMenu(props: ControlsProps) {
  const { media, commands } = props;
  const { t } = useTypedI18n<RecruiterKey>();
  return (
    <Menu
      label={t("player.settings")}
      trigger={
        <Trigger label={t("player.settings")}>
          <Settings aria-hidden />
        </Trigger>
      }
    >
      {media.captions.length > 0 ? <CaptionsChoice {...props} /> : null}
      {media.loudnessLufs === null ? null : <LoudnessChoice {...props} />}
      {media.captions.length > 0 || media.loudnessLufs !== null ? (
        <Separator className="my-1 h-px bg-line" />
      ) : null}
      {media.hasVideo && document.pictureInPictureEnabled ? (
        <MenuItem
          text={t("player.pictureInPicture")}
          icon={<PictureInPicture2 aria-hidden />}
          onAction={commands.pictureInPicture}
        />
      ) : null}
      <MenuItem text={t("player.help")} icon={<Keyboard aria-hidden />} onAction={commands.help} />
    </Menu>
  );
}

const NONE = "none";

function CaptionsChoice({ media, captions, preferences, change }: ControlsProps) {
  const { t } = useTypedI18n<RecruiterKey>();
  return (
    <MenuChoice
      title={t("player.captions")}
      selected={preferences.showsCaptions ? (captions ?? NONE) : NONE}
      onSelect={(id) =>
        change(
          id === NONE ? { showsCaptions: false } : { showsCaptions: true, captionsLanguage: id },
        )
      }
    >
      <MenuItem id={NONE} text={t("player.captionsOff")} />
      {media.captions.map(({ language, label }) => (
        // A language's own name must not fetch its font.
        <MenuItem key={language} id={language} text={label} className="native-name" />
      ))}
    </MenuChoice>
  );
}

function LoudnessChoice({ preferences, change }: ControlsProps) {
  const { t } = useTypedI18n<RecruiterKey>();
  return (
    <MenuChoice
      title={t("player.loudness")}
      selected={preferences.isLevelled ? "level" : "recorded"}
      onSelect={(id) => change({ isLevelled: id === "level" })}
    >
      <MenuItem id="recorded" text={t("player.loudnessRecorded")} />
      <MenuItem id="level" text={t("player.loudnessLevel")} />
    </MenuChoice>
  );
}
