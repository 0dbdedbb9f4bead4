import { ChevronLeft, ChevronRight } from "lucide-react";

import { Button } from "./button";
import { useWords } from "./words";

interface Props {
  previous: string | null;
  next: string | null;
  onGo(cursor: string): void;
}

/** Pages have no numbers: the server knows the one before and the one after. */
export function Pagination({ previous, next, onGo }: Props) {
  const { t } = useWords();
  if (previous === null && next === null) return null;
  return (
    <nav
      aria-label={t("pagination.label")}
      className="flex justify-between gap-2 border-t border-line p-3"
    >
      <Button
        size="sm"
        icon={<ChevronLeft aria-hidden className="rtl:-scale-x-100" />}
        isDisabled={previous === null}
        onPress={() => previous !== null && onGo(previous)}
      >
        {t("pagination.previous")}
      </Button>
      <Button size="sm" isDisabled={next === null} onPress={() => next !== null && onGo(next)}>
        {t("pagination.next")}
        <ChevronRight aria-hidden className="rtl:-scale-x-100" />
      </Button>
    </nav>
  );
}
