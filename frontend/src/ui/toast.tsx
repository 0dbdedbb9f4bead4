import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { useSyncExternalStore } from "react";

import { IconButton } from "./button";
import { useWords } from "./words";

interface Message {
  id: number;
  text: string;
  tone: "good" | "bad";
}

const SHOWN_MS = 6_000;
const listeners = new Set<() => void>();
let messages: readonly Message[] = [];
let last = 0;

function replace(next: readonly Message[]): void {
  messages = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => replace(messages.filter((message) => message.id !== id));

/** Say something that needs no answer; a mistake stays until it is dismissed. */
export function toast(text: string, tone: Message["tone"] = "good"): void {
  last += 1;
  const id = last;
  replace([...messages, { id, text, tone }]);
  if (tone === "good") setTimeout(dismiss, SHOWN_MS, id);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-end gap-2 max-md:bottom-22"
    >
      {shown.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </div>
  );
}

function Toast({ message }: { message: Message }) {
  const { t } = useWords();
  const good = message.tone === "good";
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <div className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-lg border border-line bg-surface py-1.5 ps-4 pe-1.5 text-sm shadow-lg shadow-black/10">
      <Icon aria-hidden className={`size-5 shrink-0 ${good ? "text-good-ink" : "text-bad-ink"}`} />
      <p className="grow">{message.text}</p>
      <IconButton label={t("action.close")} icon={<X />} onPress={() => dismiss(message.id)} />
    </div>
  );
}
