import { ChevronLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";

import { CARD } from "./styles";
import { useWords } from "./words";

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; text: string };
  children: ReactNode;
}

/** The frame of a screen: title, what can be done, content. */
export function Page({ title, subtitle, actions, back, children }: PageProps) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 max-md:w-full">
          {back ? <BackLink {...back} /> : null}
          <h1 className="text-2xl font-semibold tracking-tight text-balance wrap-anywhere">
            <bdi>{title}</bdi>
          </h1>
          {subtitle ? <div className="mt-1 text-ink-soft">{subtitle}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

function BackLink({ to, text }: { to: string; text: string }) {
  return (
    <Link
      to={to}
      className="-ms-1 mb-1 inline-flex min-h-8 items-center gap-0.5 rounded-sm text-sm font-medium text-ink-soft hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
      {text}
    </Link>
  );
}

interface CardProps {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A bordered part of a page, with or without a title. */
export function Card({ title, actions, children, className = "" }: CardProps) {
  return (
    <section className={`${CARD} overflow-clip ${className}`}>
      {title || actions ? (
        <header className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-3">
          {title ? <h2 className="font-semibold">{title}</h2> : null}
          {actions}
        </header>
      ) : null}
      {children}
    </section>
  );
}

/** One figure with its name. */
export function Figure({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div className={`${CARD} flex flex-col justify-between gap-1 px-4 py-3.5`}>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="text-2xl font-semibold tabular-nums">{value}</dd>
      {hint ? <dd className="text-xs text-ink-faint">{hint}</dd> : null}
    </div>
  );
}

/** An e-mail address keeps its order in a right-to-left line. */
export function Email({ children, className = "" }: { children: string; className?: string }) {
  return (
    <bdi dir="ltr" className={`wrap-anywhere ${className}`}>
      {children}
    </bdi>
  );
}
