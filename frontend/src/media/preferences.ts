import { useCallback, useState } from "react";

import { readStored, store } from "@/lib/stored";

import { clamp } from "./seeking";

export const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** How a person likes to listen: kept from one answer to the next. */
export interface Preferences {
  rate: number;
  /** 0 to 1. */
  volume: number;
  isMuted: boolean;
  showsCaptions: boolean;
  captionsLanguage: string | null;
  /** All answers equally loud. */
  isLevelled: boolean;
}

const KEY = "jobgate.player";
const USUAL: Preferences = {
  rate: 1,
  volume: 1,
  isMuted: false,
  showsCaptions: false,
  captionsLanguage: null,
  isLevelled: false,
};

/** Return what was kept, and what is usual for all that is missing or of another kind. */
export function parsePreferences(text: string | null): Preferences {
  const kept = parsed(text);
  const { rate, volume, captionsLanguage } = kept;
  return {
    rate: RATES.find((one) => one === rate) ?? USUAL.rate,
    volume: typeof volume === "number" ? clamp(volume, 0, 1) : USUAL.volume,
    isMuted: kept["isMuted"] === true,
    showsCaptions: kept["showsCaptions"] === true,
    captionsLanguage: typeof captionsLanguage === "string" ? captionsLanguage : null,
    isLevelled: kept["isLevelled"] === true,
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export type Change = (part: Partial<Preferences>) => void;

export function usePreferences(): [Preferences, Change] {
  const [preferences, setPreferences] = useState(() => parsePreferences(readStored(KEY)));
  const change = useCallback<Change>((part) => {
    // Another player of the page may have changed the rest.
    const next = { ...parsePreferences(readStored(KEY)), ...part };
    store(KEY, JSON.stringify(next));
    setPreferences((old) => ({ ...old, ...part }));
  }, []);
  return [preferences, change];
}
