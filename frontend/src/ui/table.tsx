import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";

import { useScreen } from "./screen";

export interface Column<Row> {
  id: string;
  title: string;
  cell(row: Row): ReactNode;
  /** The field that the server can order by. */
  ordering?: string;
  /** Left out on a tablet. */
  desktopOnly?: boolean;
  className?: string;
  hideTitle?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** On a phone each row is a card. */
  card(row: Row): ReactNode;
  ordering?: string;
  onOrder?: (ordering: string) => void;
}

export function DataTable<Row>(props: TableProps<Row>) {
  const screen = useScreen();
  if (screen === "mobile") return <Cards {...props} />;
  const columns = props.columns.filter((column) => screen === "desktop" || !column.desktopOnly);
  return <Grid {...props} columns={columns} />;
}

function Cards<Row>({ label, rows, keyOf, card }: TableProps<Row>) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {rows.map((row) => (
        <li key={keyOf(row)} className="relative p-4">
          {card(row)}
        </li>
      ))}
    </ul>
  );
}

function Grid<Row>({ label, columns, rows, keyOf, ordering = "", onOrder }: TableProps<Row>) {
  return (
    <div className="relative overflow-x-auto">
      <table aria-label={label} className="w-full text-start text-sm">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} ordering={ordering} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={keyOf(row)} className="relative hover:bg-canvas">
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={`px-4 py-3 md:max-lg:px-3 ${column.className ?? ""}`}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  ordering: string;
  onOrder: ((ordering: string) => void) | undefined;
}

const HEAD =
  "px-4 py-2.5 md:max-lg:px-3 text-start text-[0.8125rem] font-medium whitespace-nowrap text-ink-soft";

function HeadCell<Row>({ column, ordering, onOrder }: HeadProps<Row>) {
  const { ordering: field } = column;
  if (!field || !onOrder) {
    return (
      <th scope="col" className={HEAD}>
        <span className={column.hideTitle ? "sr-only" : ""}>{column.title}</span>
      </th>
    );
  }
  const order = orderOf(field, ordering);
  return (
    <th scope="col" aria-sort={order} className={HEAD}>
      <button
        type="button"
        className="-mx-2 inline-flex min-h-7 cursor-pointer items-center gap-1 rounded-sm px-2 hover:text-ink [&_svg]:size-3.5"
        onClick={() => onOrder(order === "descending" ? field : `-${field}`)}
      >
        {column.title}
        <OrderIcon order={order} />
      </button>
    </th>
  );
}

type Order = "ascending" | "descending" | "none";

function orderOf(field: string, ordering: string): Order {
  if (ordering === field) return "ascending";
  return ordering === `-${field}` ? "descending" : "none";
}

function OrderIcon({ order }: { order: Order }) {
  if (order === "none") return <ChevronsUpDown aria-hidden className="opacity-60" />;
  return order === "ascending" ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />;
}
