import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  FieldError,
  Form as AriaForm,
  type FormProps,
  Group,
  Button as AriaButton,
  Input,
  Label,
  NumberField as AriaNumberField,
  type NumberFieldProps,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from "react-aria-components";
import { Check, Minus, Plus } from "lucide-react";

const BOX =
  "rounded-md border border-line-strong bg-surface text-ink placeholder:text-ink-faint transition-colors";
export const inputClass = `${BOX} typed min-h-10 max-md:min-h-11 w-full px-3 py-2 text-sm max-md:text-base aria-invalid:border-bad-ink`;

interface Words {
  label: string;
  hint?: ReactNode;
  /** Keep the label for screen readers alone. */
  hideLabel?: boolean;
  className?: string;
}

/** What stands around every field: its label above, its hint and its mistake below. */
function Around({ label, hint, hideLabel, children }: Words & { children: ReactNode }) {
  return (
    <>
      <Label className={hideLabel ? "sr-only" : "text-sm font-medium"}>{label}</Label>
      {children}
      {hint ? (
        <Text slot="description" className="text-sm text-ink-faint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="text-sm font-medium text-bad-ink" />
    </>
  );
}

const stack = (className = "") => `relative flex flex-col gap-1.5 ${className}`;

/** A form whose mistakes come from the server and stand at their fields. */
export function Form(props: FormProps) {
  return <AriaForm validationBehavior="aria" {...props} />;
}

type TextProps = Words &
  Omit<TextFieldProps, "className" | "children"> & {
    placeholder?: string;
    rows?: number;
    inputDir?: "ltr";
  };

export function TextField({
  label,
  hint,
  hideLabel,
  className,
  rows,
  placeholder,
  inputDir,
  ...rest
}: TextProps) {
  const shown = { ...(placeholder && { placeholder }), ...(inputDir && { dir: inputDir }) };
  return (
    <AriaTextField {...rest} className={stack(className)}>
      <Around label={label} hint={hint} hideLabel={hideLabel ?? false}>
        {rows ? (
          <TextArea
            rows={rows}
            className={`${inputClass} min-h-20 field-sizing-content leading-relaxed`}
            {...shown}
          />
        ) : (
          <Input className={inputClass} {...shown} />
        )}
      </Around>
    </AriaTextField>
  );
}

type NumberProps = Words &
  Omit<NumberFieldProps, "className" | "children"> & { placeholder?: string };

export function NumberField({
  label,
  hint,
  hideLabel,
  className,
  placeholder,
  ...rest
}: NumberProps) {
  return (
    <AriaNumberField {...rest} className={stack(className)}>
      <Around label={label} hint={hint} hideLabel={hideLabel ?? false}>
        <Group
          className={`${BOX} flex overflow-clip data-invalid:border-bad-ink focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-ink`}
        >
          <Step slot="decrement" icon={<Minus />} />
          <Input
            {...(placeholder && { placeholder })}
            className="min-h-10 w-full min-w-0 bg-transparent text-center text-sm tabular-nums outline-none placeholder:text-ink-faint max-md:min-h-11 max-md:text-base"
          />
          <Step slot="increment" icon={<Plus />} />
        </Group>
      </Around>
    </AriaNumberField>
  );
}

function Step({ slot, icon }: { slot: "increment" | "decrement"; icon: ReactNode }) {
  return (
    <AriaButton
      slot={slot}
      className="flex w-9 shrink-0 cursor-pointer items-center justify-center text-ink-soft hover:bg-sunken disabled:opacity-40 max-md:w-11 [&_svg]:size-4"
    >
      {icon}
    </AriaButton>
  );
}

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
