import { WifiOff } from "lucide-react";

import type { CandidateKey } from "@/lib/i18n";

import { useFlow, useOutbox, useStation, useWords } from "../context";
import { isUnderWay } from "../model/outboxItem";

/** A broken way to the server, in sight on every screen: what becomes of the answers, what to do. */
export function Connection() {
  const { t } = useWords();
  const words = useTrouble();
  const answering = useFlow().step.name === "answering";
  return (
    <div role="status" className="sticky top-0 z-10 bg-wait-soft text-wait-ink">
      {words && (
        <p className="mx-auto flex max-w-6xl items-start gap-3 px-4 py-2.5 text-sm leading-relaxed md:px-6">
          <WifiOff aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
          <span>
            {t(words)} {answering && t("answer.goesOn")}
          </span>
        </p>
      )}
    </div>
  );
}

function useTrouble(): CandidateKey | null {
  const { online, spoolDurable } = useStation();
  const items = useOutbox().filter(isUnderWay);
  if (!online) {
    if (items.length === 0) return "delivery.offlineNothing";
    return spoolDurable ? "delivery.offline" : "delivery.offlineMemory";
  }
  if (!items.some((item) => item.waiting)) return null;
  const sending = items.some((item) => item.phase === "sending");
  return sending ? "delivery.waiting" : "delivery.unconfirmed";
}
