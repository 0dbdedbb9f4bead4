import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, Input, Label, SearchField as AriaSearchField } from "react-aria-components";

import { inputClass } from "./field";

const SETTLE_MS = 300;

interface Props {
  label: string;
  value: string;
  onSearch(text: string): void;
  className?: string;
}

/** A search that asks once the typing has settled. */
export function SearchField({ label, value, onSearch, className = "" }: Props) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (value !== asked) {
    // Changed from elsewhere ("back", another page), not by typing here.
    setAsked(value);
    setText(value);
  }

  const search = (next: string) => {
    clearTimeout(timer.current);
    setAsked(next.trim());
    onSearch(next.trim());
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(search, SETTLE_MS, next);
  };
  return (
    <AriaSearchField
      value={text}
      onChange={type}
      onSubmit={search}
      onClear={() => search("")}
      className={`group relative ${className}`}
    >
      <Label className="sr-only">{label}</Label>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-ink-faint"
      />
      <Input
        placeholder={label}
        className={`${inputClass} ps-9! pe-9! [&::-webkit-search-cancel-button]:hidden`}
      />
      <Button className="absolute inset-y-0 end-1 my-auto flex size-8 cursor-pointer items-center justify-center rounded-sm text-ink-soft group-data-empty:hidden hover:bg-sunken">
        <X aria-hidden className="size-4" />
      </Button>
    </AriaSearchField>
  );
}
