import { ListPlus, type LucideIcon, MessageSquareQuote, Plus, UserPlus } from "lucide-react";

import { type RecruiterKey, useI18n } from "@/features/shared/i18n";
import { useMember } from "@/features/shared/member";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/page";

const STEPS: readonly { icon: LucideIcon; title: RecruiterKey; text: RecruiterKey }[] = [
  { icon: ListPlus, title: "steps.create.title", text: "steps.create.text" },
  { icon: UserPlus, title: "steps.invite.title", text: "steps.invite.text" },
  { icon: MessageSquareQuote, title: "steps.review.title", text: "steps.review.text" },
];

/** An organisation without campaigns: what to do, in order. */
export function FirstSteps() {
  const { t } = useI18n();
  const { canManage } = useMember();
  return (
    <Card title={t("steps.title")}>
      <ol className="grid gap-6 p-5 md:grid-cols-3">
        {STEPS.map(({ icon: Icon, title, text }) => (
          <li key={title} className="flex flex-col gap-1.5">
            <span className="mb-1 flex size-10 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
              <Icon aria-hidden className="size-5" />
            </span>
            <h3 className="font-semibold">{t(title)}</h3>
            <p className="text-sm text-pretty text-ink-soft">{t(text)}</p>
          </li>
        ))}
      </ol>
      {canManage ? (
        <div className="border-t border-line p-4">
          <ButtonLink to="/campaigns/new" variant="primary" icon={<Plus aria-hidden />}>
            {t("campaigns.new")}
          </ButtonLink>
        </div>
      ) : (
        <p className="border-t border-line p-4 text-sm text-ink-soft">{t("steps.reviewer")}</p>
      )}
    </Card>
  );
}
