import type { Commands } from "./commands";

const STEP_SECONDS = 5;
const LONG_STEP_SECONDS = 10;
const VOLUME_STEP = 0.05;

/** Keys with a name, which keyboards print in their language. */
export const NAMED = {
  Space: "player.keyName.space",
  Home: "player.keyName.home",
  End: "player.keyName.end",
  Escape: "player.keyName.escape",
} as const;

/** What stands in the help, in its order: a message, and the keys. */
export const HELP = [
  ["player.key.toggle", ["Space", "K"]],
  ["player.key.step", ["←", "→"]],
  ["player.key.longStep", ["J", "L"]],
  ["player.key.part", ["0", "–", "9"]],
  ["player.key.ends", ["Home", "End"]],
  ["player.key.rate", ["<", ">"]],
  ["player.key.volume", ["↑", "↓"]],
  ["player.key.mute", ["M"]],
  ["player.key.captions", ["C"]],
  ["player.key.fullscreen", ["F"]],
  ["player.key.leave", ["Escape"]],
  ["player.key.help", ["?"]],
] as const;

type Key = Pick<KeyboardEvent, "key" | "code">;

/**
 * Return the key as a Latin keyboard names it. Arabic keyboards have no K, and French ones write
 * digits with Shift only: there the place of the key counts, as in other players.
 */
export function keyName({ key, code }: Key): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return digit;
  const isLatin = key.length > 1 || key.charCodeAt(0) < 128;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return (isLatin ? key : (letter ?? key)).toLowerCase();
}

/** Return what a key means to a player; time runs to the right in every language. */
export function commandOf(name: string, commands: Commands): (() => void) | undefined {
  if (/^\d$/.test(name)) return () => commands.seekPart(Number(name) / 10);
  const table: Record<string, () => void> = {
    " ": commands.toggle,
    k: commands.toggle,
    j: () => commands.skip(-LONG_STEP_SECONDS),
    l: () => commands.skip(LONG_STEP_SECONDS),
    arrowleft: () => commands.skip(-STEP_SECONDS),
    arrowright: () => commands.skip(STEP_SECONDS),
    arrowup: () => commands.changeVolume(VOLUME_STEP),
    arrowdown: () => commands.changeVolume(-VOLUME_STEP),
    home: () => commands.seekPart(0),
    end: () => commands.seekPart(1),
    "<": () => commands.changeRate(-1),
    ">": () => commands.changeRate(1),
    m: commands.mute,
    f: commands.fullscreen,
    c: commands.captions,
    "?": commands.help,
  };
  return table[name];
}

/** What a focused control does with a key itself. */
const OWN_KEYS: Record<string, (name: string) => boolean> = {
  button: (name) => name === " ",
  volume: (name) => /^(arrow|home|end)/.test(name),
  // A slider that is moved by up and down is moved in time here.
  seek: (name) => name === "arrowup" || name === "arrowdown",
};

/** Return whether the control that has the focus wants the key for itself. */
export function isOwnKey(control: string | undefined, name: string): boolean {
  return OWN_KEYS[control ?? ""]?.(name) ?? false;
}
