import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";

const SHAPE =
  "inline-flex min-h-12 items-center justify-center gap-2 rounded-lg px-6 text-base font-semibold " +
  "cursor-pointer select-none transition-colors max-sm:w-full " +
  "disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-5 [&_svg]:shrink-0";
const LOOK = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line-strong/60 bg-surface text-ink hover:bg-sunken",
  quiet: "px-4 text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink",
  stop: "bg-bad text-white hover:bg-bad/85",
};

interface ButtonProps extends Omit<ComponentProps<"button">, "type"> {
  look?: keyof typeof LOOK;
}

export function Button({ look = "primary", className = "", ...rest }: ButtonProps) {
  return <button type="button" className={`${SHAPE} ${LOOK[look]} ${className}`} {...rest} />;
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className="mt-8 flex flex-wrap items-center gap-3">{children}</div>;
}

/** Clock and buttons of a question: always in sight, whatever else the screen is full of. */
export function Dock({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 grid gap-3 border-t border-line bg-canvas px-4 py-3 md:-mx-6 md:px-6 lg:static lg:mx-0 lg:gap-5 lg:border-0 lg:bg-transparent lg:p-0 short:mx-0 short:px-0 short:py-2">
      {children}
    </div>
  );
}

/** The heading of a step: it takes the focus, so that every reader hears where they are. */
export function Title({ children, small = false }: { children: ReactNode; small?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);
  const size = small ? "text-xl md:text-2xl" : "text-[1.75rem] md:text-4xl";
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className={`${size} leading-tight font-semibold text-balance outline-none`}
    >
      {children}
    </h1>
  );
}

export function Lead({ children }: { children: ReactNode }) {
  return <p className="mt-3 text-lg leading-relaxed text-ink-soft text-pretty">{children}</p>;
}

const TONES = {
  plain: "border-line bg-surface text-ink",
  wait: "border-transparent bg-wait-soft text-wait-ink",
  bad: "border-transparent bg-bad-soft text-bad-ink",
  good: "border-transparent bg-good-soft text-good-ink",
};

interface BannerProps {
  tone?: keyof typeof TONES;
  icon?: ReactNode;
  role?: "status" | "alert";
  children: ReactNode;
}

export function Banner({ tone = "plain", icon, role, children }: BannerProps) {
  return (
    <div
      role={role}
      className={`flex items-start gap-3 rounded-lg border p-4 leading-relaxed ${TONES[tone]} [&>svg]:mt-0.5 [&>svg]:size-5 [&>svg]:shrink-0`}
    >
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

interface ProgressProps {
  value: number;
  max: number;
  label: string;
  tone?: "accent" | "wait" | "bad";
}

const FILLS = { accent: "bg-accent-ink", wait: "bg-wait-ink", bad: "bg-bad" };

export function Progress({ value, max, label, tone = "accent" }: ProgressProps) {
  const percent = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className="h-2 overflow-hidden rounded-full bg-line"
    >
      <div
        className={`h-full rounded-full transition-[width] duration-300 ${FILLS[tone]}`}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

/** A question asked over the page. Mounted means open; Escape answers no. */
export function Confirm({ title, text, yes, no, onYes, onNo }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={name}
      onCancel={onNo}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-6 text-ink backdrop:bg-scrim"
    >
      <h2 id={name} className="text-xl font-semibold">
        {title}
      </h2>
      <p className="mt-2 leading-relaxed text-ink-soft">{text}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={onYes}>{yes}</Button>
        <Button look="secondary" onClick={onNo}>
          {no}
        </Button>
      </div>
    </dialog>
  );
}
