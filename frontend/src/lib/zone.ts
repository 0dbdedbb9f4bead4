/** Days of a calendar in a time zone, and the moments at which they begin and end. */

/** Return a moment's day there as a date field writes it: 2026-11-20. */
export function dayIn(zone: string, moment: string): string {
  if (!moment) return "";
  const { year, month, day } = partsIn(zone, new Date(moment).getTime());
  return `${year}-${month}-${day}`;
}

/** Return the moment at which it is this time of this day there, in UTC; empty without a day. */
export function momentIn(zone: string, day: string, time: string): string {
  if (!day) return "";
  const wanted = Date.parse(`${day}T${time}Z`);
  // Twice, for the offset may be another one there on that day than at the first guess.
  const guess = wanted - offsetIn(zone, wanted);
  return new Date(wanted - offsetIn(zone, guess)).toISOString();
}

/** How far a clock there is ahead of UTC, in milliseconds. */
function offsetIn(zone: string, moment: number): number {
  const { year, month, day, hour, minute, second } = partsIn(zone, moment);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - moment;
}

type Part = "year" | "month" | "day" | "hour" | "minute" | "second";

function partsIn(zone: string, moment: number): Record<Part, string> {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(moment);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Record<Part, string>;
}

/** Every time zone that the browser knows, and this one. */
export const zonesWith = (zone: string): string[] =>
  [...new Set([...Intl.supportedValuesOf("timeZone"), zone])].toSorted();
