import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";

import { useI18n } from "./i18n";

const SHOWN_MS = 2_500;

interface Props {
  /** Says whose thing is copied, to those who do not see where the button stands. */
  label: string;
  text(): string | Promise<string>;
  children: string;
}

/** Copy a text, and say so. */
export function CopyButton({ label, text, children }: Props) {
  const { t } = useI18n();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(setCopied, SHOWN_MS, false);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setCopied(true);
    } catch {
      toast(t("copy.failed"), "bad");
    }
  };
  return (
    <Button
      size="sm"
      className="relative"
      icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={() => void copy()}
    >
      <span aria-hidden>{isCopied ? t("copy.done") : children}</span>
      <span aria-live="polite" className="sr-only">
        {isCopied ? t("copy.done") : label}
      </span>
    </Button>
  );
}
