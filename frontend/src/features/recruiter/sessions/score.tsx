import { Label, Radio, RadioGroup } from "react-aria-components";

import { useI18n } from "@/features/shared/i18n";

const SCORES = Array.from({ length: 10 }, (_, index) => index + 1);

interface Props {
  value: number | null;
  onChange(score: number): void;
}

/** 1 to 10, one press away each. */
export function ScoreField({ value, onChange }: Props) {
  const { t, number } = useI18n();
  return (
    <RadioGroup
      orientation="horizontal"
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(Number(chosen))}
      className="flex flex-col gap-1.5"
    >
      <Label className="text-sm font-medium">{t("evaluation.score")}</Label>
      <div className="grid grid-cols-5 gap-1.5 sm:max-lg:grid-cols-10">
        {SCORES.map((score) => (
          <Radio
            key={score}
            value={String(score)}
            aria-label={t("evaluation.scoreOf", { score })}
            className="flex h-10 cursor-pointer items-center justify-center rounded-md border border-line-strong/60 bg-surface text-sm font-semibold tabular-nums hover:bg-sunken data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent-ink data-selected:border-accent data-selected:bg-accent data-selected:text-on-accent max-md:h-11"
          >
            {number(score)}
          </Radio>
        ))}
      </div>
      <div aria-hidden className="flex justify-between text-xs text-ink-faint">
        <span>{t("evaluation.lowest")}</span>
        <span>{t("evaluation.highest")}</span>
      </div>
    </RadioGroup>
  );
}
