import type { ReactElement, ReactNode } from "react";
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { Check } from "lucide-react";

import { ITEM, POPOVER } from "./styles";

interface MenuProps {
  label: string;
  trigger: ReactElement;
  children: ReactNode;
}

export function Menu({ label, trigger, children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement="bottom end" className={`${POPOVER} min-w-56`}>
        <AriaMenu aria-label={label} className="max-h-[80dvh] overflow-auto p-1 outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface ItemProps {
  text: string;
  icon?: ReactNode;
  className?: string;
  onAction?: () => void;
  id?: string;
}

export function MenuItem({ text, icon, className = "", id, onAction }: ItemProps) {
  return (
    <AriaMenuItem
      textValue={text}
      className={ITEM}
      {...(id !== undefined && { id })}
      {...(onAction && { onAction })}
    >
      {({ isSelected }) => (
        <>
          {icon}
          <span className={`grow truncate ${className}`}>{text}</span>
          {isSelected ? <Check aria-hidden className="text-accent-ink!" /> : null}
        </>
      )}
    </AriaMenuItem>
  );
}

interface ChoiceProps {
  title: string;
  selected: string;
  onSelect(id: string): void;
  children: ReactNode;
}

/** Items of which one is chosen. */
export function MenuChoice({ title, selected, onSelect, children }: ChoiceProps) {
  return (
    <AriaMenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => onSelect(String([...keys][0]))}
      className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1"
    >
      <Header className="px-3 pt-2 pb-1 text-xs font-medium text-ink-faint">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}
