import { useI18n } from "./i18n";

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const MOMENT: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
};

const MINUTE = ["minute", 60] as const;
const HOUR = ["hour", 3600] as const;
const DAYS = ["day", 24 * 3600] as const;

/** The formats of the recruiter's screens, in the page's language. */
export function useFormat() {
  const { number, date, list } = useI18n();
  const unit = (value: number, name: "minute" | "second") =>
    number(value, { style: "unit", unit: name, unitDisplay: "short" });

  return {
    day: (value: string) => date(value, DAY),
    moment: (value: string) => date(value, MOMENT),
    score: (value: number) => number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent: (value: number) => number(value, { style: "percent", maximumFractionDigits: 0 }),
    number,
    list,
    /** 150 → "3 min", 93,600 → "26 h", 400,000 → "5 d": whole units, the largest that fit. */
    span: (seconds: number) => {
      const [name, size] = seconds < 2 * 3600 ? MINUTE : seconds < 2 * 24 * 3600 ? HOUR : DAYS;
      return number(Math.max(1, Math.round(seconds / size)), {
        style: "unit",
        unit: name,
        unitDisplay: "short",
      });
    },
    /** 150 → "2 min 30 s" */
    duration: (seconds: number) => {
      const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
      if (minutes === 0) return unit(rest, "second");
      return rest === 0
        ? unit(minutes, "minute")
        : `${unit(minutes, "minute")} ${unit(rest, "second")}`;
    },
  };
}
