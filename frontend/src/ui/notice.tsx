import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const LOOKS = {
  bad: { className: "bg-bad-soft text-bad-ink", Icon: TriangleAlert, role: "alert" },
  wait: { className: "bg-wait-soft text-wait-ink", Icon: Info, role: "status" },
  good: { className: "bg-good-soft text-good-ink", Icon: CircleCheck, role: "status" },
} as const;

/** A sentence about the form or page that it stands in. */
export function Notice({ tone, children }: { tone: keyof typeof LOOKS; children: ReactNode }) {
  const { className, Icon, role } = LOOKS[tone];
  return (
    <div role={role} className={`flex gap-2.5 rounded-md px-3.5 py-2.5 text-sm ${className}`}>
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
