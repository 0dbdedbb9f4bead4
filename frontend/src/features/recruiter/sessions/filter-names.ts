/** Days as the address has them: each is the whole day where the person is. */
export const DATES = ["invitedFrom", "invitedTo", "completedFrom", "completedTo"] as const;

/** The filters behind "more". */
export const MORE = ["device", "score_min", "late", "trouble", ...DATES] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment at which a day begins here, or the next one; empty for what is no day. */
export function momentOf(day: string, next = false): string {
  if (!DAY.test(day)) return "";
  const moment = new Date(`${day}T00:00:00`);
  if (Number.isNaN(moment.getTime())) return "";
  if (next) moment.setDate(moment.getDate() + 1);
  return moment.toISOString();
}
