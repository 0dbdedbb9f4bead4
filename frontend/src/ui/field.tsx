import type { ReactNode } from "react";
import {
  FieldError,
  Form as AriaForm,
  type FormProps,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from "react-aria-components";

export const BOX =
  "rounded-md border border-line-strong bg-surface text-ink placeholder:text-ink-faint transition-colors";
export const inputClass = `${BOX} typed min-h-10 max-md:min-h-11 w-full px-3 py-2 text-sm max-md:text-base aria-invalid:border-bad-ink`;

export interface Words {
  label: string;
  hint?: ReactNode;
  /** Keep the label for screen readers alone. */
  hideLabel?: boolean;
  className?: string;
}

/** What stands around every field: its label above, its hint and its mistake below. */
export function Around({ label, hint, hideLabel, children }: Words & { children: ReactNode }) {
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

export const stack = (className = "") => `relative flex flex-col gap-1.5 ${className}`;

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
