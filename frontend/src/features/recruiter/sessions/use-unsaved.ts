import { useEffect, useState } from "react";

import { onSignedOut } from "@/api/auth";
import type { Session } from "@/api/types";

import { isUnsaved, type Judgement } from "./evaluation";

type Judgements = Readonly<Record<string, Judgement>>;

// In the memory of this page, by session: notes are their writer's alone and go with them.
const kept = new Map<string, Judgements>();
onSignedOut(() => kept.clear());

/** What was typed and not yet saved: it stays while the reviewer looks elsewhere and comes back. */
export function useUnsaved(session: Session) {
  const { id, responses } = session;
  const [unsaved, setUnsaved] = useState<Judgements>(() => kept.get(id) ?? {});
  useLeaveWarning(responses.some((response) => isUnsaved(response, unsaved[response.id])));

  const judge = (responseId: string, judgement: Judgement) => {
    const next = { ...unsaved, [responseId]: judgement };
    kept.set(id, next);
    setUnsaved(next);
  };
  return { unsaved, judge };
}

function useLeaveWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
