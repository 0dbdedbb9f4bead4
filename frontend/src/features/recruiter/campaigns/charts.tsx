import type { Statistics } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { type Bar, BarChart } from "@/ui/bars";

import { SESSION_STATUSES } from "../status";

interface Props {
  statistics: Statistics;
}

const DEVICES = ["desktop", "tablet", "mobile", "unknown"] as const;

/** How far candidates came. */
export function FunnelChart({ statistics }: Props) {
  const { t } = useI18n();
  const { number } = useFormat();
  const share = useShare(statistics.total);
  const steps: [string, string, number][] = [
    ["invited", t("figure.invited"), statistics.total],
    ["started", t("statistics.started"), statistics.ever_started],
    ["completed", t("figure.completed"), statistics.completed],
  ];
  const ends = SESSION_STATUSES.map((status) => [
    t(`sessionStatus.${status}`),
    number(statistics[status]),
    share(statistics[status]),
  ]);
  return (
    <BarChart
      title={t("statistics.funnel")}
      bars={steps.map(([id, label, value]) => ({ id, label, value, text: number(value) }))}
      table={{
        head: [t("field.status"), t("statistics.count"), t("statistics.share")],
        rows: ends,
      }}
    />
  );
}

/** What candidates took the interview on. */
export function DeviceChart({ statistics }: Props) {
  const { t } = useI18n();
  const { number } = useFormat();
  const share = useShare(statistics.ever_started);
  const found = DEVICES.map((id) => ({
    id,
    label: t(`device.${id}`),
    value: statistics.devices[id],
  }));
  return (
    <BarChart
      title={t("statistics.devices")}
      whole={statistics.ever_started}
      bars={found.map((bar) => ({ ...bar, text: share(bar.value) }))}
      table={{
        head: [t("field.device"), t("statistics.count"), t("statistics.share")],
        rows: found.map(({ label, value }) => [label, number(value), share(value)]),
      }}
    />
  );
}

/** What candidates thought of it, once nobody can be told by their answer. */
export function SatisfactionChart({ statistics }: Props) {
  const { t } = useI18n();
  const { number, score } = useFormat();
  const { answers, mean, by_score } = statistics.satisfaction;
  const share = useShare(answers);
  const bars: Bar[] = (by_score ?? [])
    .map((value, index) => ({
      id: String(index + 1),
      label: t("statistics.stars", { count: index + 1 }),
      value,
      text: number(value),
    }))
    .toReversed();
  const few = t("statistics.fewSatisfied", { count: answers });
  return (
    <BarChart
      title={t("statistics.satisfaction")}
      hint={
        mean === null ? few : t("statistics.mean", { mean: score(mean), answers: number(answers) })
      }
      bars={bars}
      table={{
        head: [t("statistics.score"), t("statistics.count"), t("statistics.share")],
        rows: bars.map(({ label, value, text }) => [label, text, share(value)]),
      }}
    />
  );
}

function useShare(whole: number) {
  const { percent } = useFormat();
  return (value: number) => (whole === 0 ? "–" : percent(value / whole));
}
