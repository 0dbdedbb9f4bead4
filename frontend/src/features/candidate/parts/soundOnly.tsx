import { Mic } from "lucide-react";

import { useInterview, useWords } from "../context";
import { Actions, Button, Lead, Title } from "./controls";

interface Props {
  agree: () => void;
  back: () => void;
}

/** Asked where there is no camera, or none that works: without a picture only by agreement. */
export function SoundOnlyQuestion({ agree, back }: Props) {
  const { t } = useWords();
  const { organization } = useInterview();
  return (
    <>
      <Mic aria-hidden="true" className="mb-4 size-10 text-accent-ink" />
      <Title>{t("sound.title")}</Title>
      <Lead>{t("sound.text", { company: organization.name })}</Lead>
      <p className="mt-4 leading-relaxed text-ink-soft">{t("sound.otherwise")}</p>
      <Actions>
        <Button onClick={agree}>{t("sound.yes")}</Button>
        <Button look="secondary" onClick={back}>
          {t("sound.no")}
        </Button>
      </Actions>
    </>
  );
}

/** Stands where the picture would. */
export function SoundOnlyPanel() {
  const { t } = useWords();
  return (
    <div className="grid aspect-video w-full place-content-center justify-items-center gap-3 rounded-lg border border-line bg-sunken p-6 text-center text-ink-soft max-md:max-h-[38dvh]">
      <Mic aria-hidden="true" className="size-10" />
      {t("sound.panel")}
    </div>
  );
}
