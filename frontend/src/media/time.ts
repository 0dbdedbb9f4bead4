type Format = (value: number, options?: Intl.NumberFormatOptions) => string;

const TWO_DIGITS = { minimumIntegerDigits: 2 } as const;

const cut = (seconds: number) => {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60] as const;
};

/** 83 → "1:23", in the digits of the language. */
export function clock(seconds: number, number: Format): string {
  const [hours, minutes, rest] = cut(seconds);
  const end = number(rest, TWO_DIGITS);
  if (hours === 0) return `${number(minutes)}:${end}`;
  return `${number(hours)}:${number(minutes, TWO_DIGITS)}:${end}`;
}

/** 83 → "1 minute, 23 seconds", for those who listen. */
export function spoken(
  seconds: number,
  number: Format,
  list: (words: Iterable<string>) => string,
): string {
  const units = ["hour", "minute", "second"] as const;
  const words = cut(seconds)
    .map((value, place) => ({ value, unit: units[place] ?? "second" }))
    .filter(({ value, unit }) => value > 0 || (unit === "second" && seconds < 1))
    .map(({ value, unit }) => number(value, { style: "unit", unit, unitDisplay: "long" }));
  return list(words);
}
