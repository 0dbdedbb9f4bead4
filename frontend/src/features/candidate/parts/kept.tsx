import { useOutbox, useWords } from "../context";
import { isKeptHere } from "../model/outboxItem";
import { Delivery } from "./delivery";
import { Downloads } from "./downloads";

/** Beside a problem: what this device keeps goes on being sent, and can be saved. */
export function Kept() {
  const { t } = useWords();
  const kept = useOutbox().some(isKeptHere);
  if (!kept) return null;
  return (
    <section className="mt-10 grid gap-4 border-t border-line pt-6">
      <h2 className="text-lg font-semibold">{t("kept.title")}</h2>
      <p className="leading-relaxed text-ink-soft">{t("kept.text")}</p>
      <Delivery />
      <Downloads />
    </section>
  );
}
