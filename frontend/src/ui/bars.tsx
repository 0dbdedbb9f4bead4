import { useId } from "react";

import { useWords } from "./words";

export interface Bar {
  id: string;
  label: string;
  value: number;
  /** The value in words. */
  text: string;
  /** A part of the value that is told apart. */
  part?: number;
}

interface Props {
  title: string;
  hint?: string;
  bars: readonly Bar[];
  /** The whole that bars are shares of; the longest bar where it is not given. */
  whole?: number;
  table: { head: readonly string[]; rows: readonly (readonly string[])[] };
}

/** Bars in the direction of reading, and the table behind them. */
export function BarChart({ title, hint, bars, whole, table }: Props) {
  const id = useId();
  const longest = whole ?? Math.max(...bars.map(({ value }) => value), 0);
  return (
    <figure aria-labelledby={id} className="flex flex-col gap-3 p-4">
      <figcaption>
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {hint ? <p className="text-sm text-ink-soft">{hint}</p> : null}
      </figcaption>
      <ul className="flex flex-col gap-2.5">
        {bars.map((bar) => (
          <li key={bar.id} className="flex flex-col gap-1 text-sm">
            <span className="flex items-baseline justify-between gap-3">
              <span className="line-clamp-2 wrap-anywhere">
                <bdi>{bar.label}</bdi>
              </span>
              <span className="shrink-0 font-medium tabular-nums">{bar.text}</span>
            </span>
            <Line bar={bar} longest={longest} />
          </li>
        ))}
      </ul>
      <Table title={title} table={table} />
    </figure>
  );
}

function Line({ bar, longest }: { bar: Bar; longest: number }) {
  const share = (value: number) => `${longest > 0 ? (100 * value) / longest : 0}%`;
  const part = bar.part ?? 0;
  return (
    <span aria-hidden className="flex h-2 overflow-clip rounded-full bg-sunken">
      <span className="bg-accent" style={{ width: share(bar.value - part) }} />
      <span className="bg-bad-ink" style={{ width: share(part) }} />
    </span>
  );
}

function Table({ title, table }: Pick<Props, "title" | "table">) {
  const { t } = useWords();
  return (
    <details className="text-sm">
      <summary className="min-h-8 cursor-pointer py-1 font-medium text-ink-soft hover:text-ink">
        {t("chart.table")}
      </summary>
      <div className="relative mt-1 overflow-x-auto">
        <table aria-label={title} className="w-full text-start">
          <thead>
            <tr className="border-b border-line">
              {table.head.map((name) => (
                <th key={name} scope="col" className="py-1.5 pe-4 text-start font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {table.rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row" className="py-1.5 pe-4 text-start font-normal wrap-anywhere">
                  <bdi>{name}</bdi>
                </th>
                {cells.map((cell, index) => (
                  <td key={table.head[index + 1]} className="py-1.5 pe-4 tabular-nums">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
