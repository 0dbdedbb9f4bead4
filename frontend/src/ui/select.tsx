import { Check, ChevronDown } from "lucide-react";
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components";

import { inputClass } from "./field";
import { ITEM, POPOVER } from "./styles";

export interface Option<Id extends string> {
  id: Id;
  label: string;
  className?: string;
}

interface Props<Id extends string> {
  label: string;
  hideLabel?: boolean;
  name?: string;
  options: readonly Option<Id>[];
  value: Id;
  onChange(id: Id): void;
  className?: string;
}

export function Select<Id extends string>(props: Props<Id>) {
  const { label, hideLabel, name, options, value, onChange, className = "" } = props;
  return (
    <AriaSelect
      value={value}
      onChange={(key) => onChange(key as Id)}
      {...(name && { name })}
      className={`relative flex flex-col gap-1.5 ${className}`}
    >
      <Label className={hideLabel ? "sr-only" : "text-sm font-medium"}>{label}</Label>
      <Button
        className={`${inputClass} flex cursor-pointer items-center justify-between gap-2 text-start hover:bg-sunken`}
      >
        <SelectValue className="truncate" />
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </Button>
      <FieldError className="text-sm font-medium text-bad-ink" />
      <Popover className={`${POPOVER} min-w-(--trigger-width)`}>
        <ListBox items={options} className="max-h-80 overflow-auto p-1 outline-none">
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={ITEM}>
              {({ isSelected }) => (
                <>
                  <span className={`grow truncate ${option.className ?? ""}`}>{option.label}</span>
                  {isSelected ? <Check aria-hidden className="size-4 text-accent-ink" /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
