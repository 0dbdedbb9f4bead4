import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";

import { useI18n } from "./i18n";

const SHOWN_MS = 2_500;

interface Props {
  /** What names the thing copied, for screen readers. */
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
      aria-label={label}
      icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={() => void copy()}
    >
      <span aria-live="polite">{isCopied ? t("copy.done") : children}</span>
    </Button>
  );
}
