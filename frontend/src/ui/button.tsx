import type { ComponentProps, ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Link } from "react-router";

export type Variant = "primary" | "secondary" | "quiet" | "danger";

const SHAPE =
  "inline-flex items-center justify-center gap-2 rounded-md text-sm font-semibold whitespace-nowrap " +
  "cursor-pointer select-none transition-colors " +
  "disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4.5 [&_svg]:shrink-0";
const SIZE = { md: "min-h-10 px-3.5 max-md:min-h-11", sm: "min-h-9 px-3 max-md:min-h-11" };
const LOOK: Record<Variant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line-strong/60 bg-surface text-ink hover:bg-sunken",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "bg-bad text-on-accent hover:bg-bad/85",
};

interface Look {
  variant?: Variant;
  size?: keyof typeof SIZE;
  className?: string;
}

export const buttonClass = ({ variant = "secondary", size = "md", className = "" }: Look) =>
  `${SHAPE} ${SIZE[size]} ${LOOK[variant]} ${className}`;

type ButtonProps = Look & Omit<AriaButtonProps, "className"> & { icon?: ReactNode };

export function Button({ variant, size, className, icon, children, ...rest }: ButtonProps) {
  const look = buttonClass({
    ...(variant && { variant }),
    ...(size && { size }),
    ...(className && { className }),
  });
  return (
    <AriaButton {...rest} className={look}>
      {(state) => (
        <>
          {icon}
          {typeof children === "function"
            ? children({ ...state, defaultChildren: null })
            : children}
        </>
      )}
    </AriaButton>
  );
}

type IconButtonProps = Omit<ButtonProps, "children" | "icon"> & { label: string; icon: ReactNode };

/** A button that shows an icon alone: its label is spoken, and shown on hover. */
export function IconButton({
  label,
  icon,
  variant = "quiet",
  className = "",
  ...rest
}: IconButtonProps) {
  return (
    <Button
      {...rest}
      aria-label={label}
      variant={variant}
      className={`w-10 shrink-0 px-0! max-md:w-11 ${className}`}
      icon={icon}
    />
  );
}

type ButtonLinkProps = Look & Omit<ComponentProps<typeof Link>, "className"> & { icon?: ReactNode };

export function ButtonLink({ variant, size, className, icon, children, ...rest }: ButtonLinkProps) {
  const look = buttonClass({
    ...(variant && { variant }),
    ...(size && { size }),
    ...(className && { className }),
  });
  return (
    <Link {...rest} className={look}>
      {icon}
      {children}
    </Link>
  );
}
