const two = (value: number) => String(value).padStart(2, "0");

/** 83 → "1:23", as players write it in every language. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}
