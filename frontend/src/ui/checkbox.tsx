import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";

interface CheckboxProps {
  children: ReactNode;
  isSelected: boolean;
  onChange(selected: boolean): void;
}

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...rest}
      className="group relative flex min-h-9 cursor-pointer items-center gap-2.5 text-sm"
    >
      <span className="flex size-5 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent-ink group-data-selected:border-accent group-data-selected:bg-accent [&_svg]:size-3.5 [&_svg]:text-on-accent [&_svg]:opacity-0 group-data-selected:[&_svg]:opacity-100">
        <Check strokeWidth={3} aria-hidden />
      </span>
      {children}
    </AriaCheckbox>
  );
}
