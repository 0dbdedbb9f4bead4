import { HardDrive, RotateCw, Signal, VideoOff } from "lucide-react";

import { estimatedBytes, isSlowLine, nextQuality } from "@/recorder";

import { useMegabytes, useStation, useWords } from "../context";
import { Banner } from "./controls";

/** Before an answer: how much it takes, and whether the device and the line are up to it. */
export function BeforeAnswer({ seconds }: { seconds: number }) {
  const { t } = useWords();
  const state = useStation();
  const size = useMegabytes("long")(
    Math.max(1_000_000, estimatedBytes(nextQuality(state), seconds)),
  );
  return (
    <>
      <p className="text-sm text-ink-soft">{t("answer.size", { size })}</p>
      <LineWarning />
      {state.storageLow && (
        <Banner tone="wait" icon={<HardDrive aria-hidden="true" />} role="status">
          {t("storage.low")}
        </Banner>
      )}
    </>
  );
}

function LineWarning() {
  const { t } = useWords();
  const state = useStation();
  const slow = isSlowLine(state);
  if (!slow && !state.line.metered) return null;
  return (
    <Banner icon={<Signal aria-hidden="true" />} role="status">
      {slow && <p>{t("line.slow")}</p>}
      {state.line.metered && <p className="not-first:mt-2">{t("line.metered")}</p>}
    </Banner>
  );
}

/** During an answer: what happened to the page or to the picture. The recording goes on. */
export function DuringAnswer() {
  const { t } = useWords();
  const { devices, page } = useStation();
  const frozen = devices.kind === "open" && devices.picture === "frozen";
  return (
    <>
      {frozen && (
        <Banner tone="wait" icon={<VideoOff aria-hidden="true" />} role="status">
          {t("answer.pictureFrozen")}
        </Banner>
      )}
      {page.away !== "no" && (
        <Banner icon={<RotateCw aria-hidden="true" />} role="status">
          {t(page.away === "hidden" ? "answer.wasHidden" : "answer.wasFrozen")}
        </Banner>
      )}
    </>
  );
}
