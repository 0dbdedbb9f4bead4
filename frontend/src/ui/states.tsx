import type { ReactNode } from "react";
import { CloudOff, RotateCw, TriangleAlert } from "lucide-react";

import { Button } from "./button";
import { useWords } from "./words";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
  /** Alone on its page: the title is the page's. */
  isPage?: boolean;
}

/** Where a list would stand: what will come here, and the way to the first one. */
export function EmptyState({ icon, title, text, children, isPage = false }: EmptyProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <div className="mb-2 flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-6">
        {icon}
      </div>
      <Title className="text-lg font-semibold text-balance">{title}</Title>
      {text ? <p className="text-pretty text-ink-soft">{text}</p> : null}
      {children ? <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}

interface ErrorProps {
  /** The network's fault rather than the request's. */
  isUnreachable: boolean;
  detail: string;
  onRetry(): void;
}

export function ErrorState({ isUnreachable, detail, onRetry }: ErrorProps) {
  const { t } = useWords();
  return (
    <div role="alert">
      <EmptyState
        icon={isUnreachable ? <CloudOff /> : <TriangleAlert />}
        title={isUnreachable ? t("error.unreachable.title") : t("error.load.title")}
        text={isUnreachable ? t("error.unreachable.text") : detail || t("error.load.text")}
      >
        <Button icon={<RotateCw />} onPress={onRetry}>
          {t("action.retry")}
        </Button>
      </EmptyState>
    </div>
  );
}

/** Grey bars of the size of what is being loaded. */
export function Skeleton({ rows = 5, className = "h-12" }: { rows?: number; className?: string }) {
  const { t } = useWords();
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{t("app.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={`animate-pulse rounded-md bg-sunken ${className}`} />
      ))}
    </div>
  );
}
