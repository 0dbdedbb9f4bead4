import { ChevronDown } from "lucide-react";
import { useId } from "react";

import { inputClass, stack, type Words } from "./field";

interface Props extends Pick<Words, "label" | "className"> {
  hint?: string;
  name: string;
  options: readonly string[];
  value: string;
  onChange(value: string): void;
}

/** A choice among hundreds: the browser's own list, quick to search by typing. */
export function LongSelect({ label, hint, className, name, options, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={stack(className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          name={name}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClass} cursor-pointer appearance-none truncate pe-9 hover:bg-sunken`}
          {...(hint && { "aria-describedby": `${id}-hint` })}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {option.replaceAll("_", " ")}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-e-3 top-1/2 size-4 -translate-y-1/2 text-ink-soft"
        />
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
