import type { Counts } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";

const PARTS = [
  { key: "completed", className: "bg-accent" },
  { key: "in_progress", className: "bg-accent/60" },
  { key: "started", className: "bg-accent/35" },
] as const;

/** How far the invited people of a campaign have come: a bar, and the same in words. */
export function Progress({ counts }: { counts: Counts }) {
  const { t } = useI18n();
  const { total, completed } = counts;
  return (
    <div className="flex min-w-28 flex-col gap-1.5">
      <span className="text-sm text-ink-soft">
        {total === 0 ? t("progress.nobody") : t("progress.completed", { completed, total })}
      </span>
      <div aria-hidden className="flex h-1.5 gap-px overflow-clip rounded-full bg-line">
        {PARTS.filter(({ key }) => counts[key] > 0).map(({ key, className }) => (
          <div
            key={key}
            className={className}
            style={{ width: `${(100 * counts[key]) / total}%` }}
          />
        ))}
      </div>
    </div>
  );
}
