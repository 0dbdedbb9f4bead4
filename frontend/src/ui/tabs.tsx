import type { ReactNode } from "react";
import { type Key, Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

export interface TabItem {
  id: string;
  title: string;
  icon?: ReactNode;
  content: ReactNode;
}

interface Props {
  label: string;
  items: readonly TabItem[];
  selected: string;
  onSelect(id: string): void;
}

const LOOK =
  "flex min-h-11 shrink-0 cursor-pointer items-center gap-2 border-b-2 border-transparent px-3 text-sm font-medium " +
  "text-ink-soft outline-offset-[-2px] hover:text-ink data-selected:border-accent-ink data-selected:text-ink max-md:[&_svg]:hidden [&_svg]:size-4.5";

/** Several ways to do one thing, one in sight at a time. */
export function Tabs({ label, items, selected, onSelect }: Props) {
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key: Key) => onSelect(String(key))}>
      <TabList
        aria-label={label}
        className="relative flex gap-1 overflow-x-auto border-b border-line"
      >
        {items.map(({ id, title, icon }) => (
          <Tab key={id} id={id} className={LOOK}>
            {icon}
            {title}
          </Tab>
        ))}
      </TabList>
      {items.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="pt-5 outline-offset-4">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
