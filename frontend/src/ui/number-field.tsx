import { Minus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Input, TextField as AriaTextField } from "react-aria-components";

import { Around, BOX, stack, type Words } from "./field";

interface Props extends Words {
  name: string;
  value: number | null;
  /** Null when the field was emptied. */
  onChange(value: number | null): void;
  minValue: number;
  maxValue: number;
  step?: number;
  placeholder?: string;
}

/** A whole number between bounds: typed, or stepped by buttons and arrow keys. */
export function NumberField(props: Props) {
  const { label, hint, hideLabel, className, name, value, onChange, placeholder } = props;
  const { minValue, maxValue, step = 1 } = props;
  // While it is being typed a number may be too small: "1" on the way to "120".
  const [typed, setTyped] = useState<string | null>(null);
  const bounded = (number: number) => Math.min(maxValue, Math.max(minValue, Math.trunc(number)));

  const type = (text: string) => {
    setTyped(text);
    onChange(text === "" ? null : bounded(Number(text)));
  };
  const stepBy = (steps: number) => {
    const from = value ?? Number(placeholder ?? minValue);
    onChange(bounded(from + steps * step));
  };
  return (
    <AriaTextField
      name={name}
      type="number"
      inputMode="numeric"
      value={typed ?? value?.toString() ?? ""}
      onChange={type}
      onBlur={() => setTyped(null)}
      className={stack(className)}
    >
      <Around label={label} hint={hint} hideLabel={hideLabel ?? false}>
        <div
          className={`${BOX} flex overflow-clip focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-ink has-aria-invalid:border-bad-ink`}
        >
          <Step icon={<Minus />} onPress={() => stepBy(-1)} isDisabled={value === minValue} />
          <Input
            min={minValue}
            max={maxValue}
            step={step}
            {...(placeholder && { placeholder })}
            className="min-h-10 w-full min-w-0 appearance-none bg-transparent text-center text-sm tabular-nums outline-none placeholder:text-ink-faint max-md:min-h-11 max-md:text-base [&::-webkit-inner-spin-button]:hidden"
          />
          <Step icon={<Plus />} onPress={() => stepBy(1)} isDisabled={value === maxValue} />
        </div>
      </Around>
    </AriaTextField>
  );
}

interface StepProps {
  icon: ReactNode;
  onPress(): void;
  isDisabled: boolean;
}

/** For pointers alone: the field itself steps by the arrow keys. */
function Step({ icon, onPress, isDisabled }: StepProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      disabled={isDisabled}
      onClick={onPress}
      className="flex w-9 shrink-0 cursor-pointer items-center justify-center text-ink-soft hover:bg-sunken disabled:cursor-default disabled:opacity-40 max-md:w-11 [&_svg]:size-4"
    >
      {icon}
    </button>
  );
}
