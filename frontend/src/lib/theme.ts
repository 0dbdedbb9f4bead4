import { readStored, store } from "./stored";

/** Light, dark, or what the device prefers. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "jobgate.theme";

export function readTheme(): Theme {
  const stored = readStored(KEY) as Theme | null;
  return stored !== null && THEMES.includes(stored) ? stored : "system";
}

/** Show the page in a theme; "system" leaves it to the device. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  store(KEY, theme);
}
