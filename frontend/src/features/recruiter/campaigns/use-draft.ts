import { useState } from "react";

import { type CampaignDraft, dropDraft, keepDraft, keptDraft } from "./draft";

export type Change = (part: Partial<CampaignDraft>) => void;

/** The campaign being written, kept in this tab at every keystroke. */
export function useDraft(id: string | null, start: CampaignDraft) {
  const [state, setState] = useState(() => {
    const kept = keptDraft(id);
    return { draft: kept ?? start, restored: kept !== null };
  });

  const change: Change = (part) => {
    setState((old) => {
      const draft = { ...old.draft, ...part };
      keepDraft(id, draft);
      return { ...old, draft };
    });
  };
  const startAgain = () => {
    dropDraft(id);
    setState({ draft: start, restored: false });
  };
  return { ...state, change, startAgain };
}
