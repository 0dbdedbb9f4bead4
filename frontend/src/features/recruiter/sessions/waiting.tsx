import { CalendarX, Hourglass } from "lucide-react";

import type { Session } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { Card } from "@/ui/page";
import { EmptyState } from "@/ui/states";

/** No answer yet: what that means in each status. */
export function Waiting({ session }: { session: Session }) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const date = moment(session.expires_at);
  if (session.status === "expired") {
    return (
      <Card>
        <EmptyState
          icon={<CalendarX />}
          title={t("waiting.expired.title")}
          text={t("waiting.expired.text", { date })}
        />
      </Card>
    );
  }
  const isBegun = session.status !== "invited";
  return (
    <Card>
      <EmptyState
        icon={<Hourglass />}
        title={t(isBegun ? "waiting.begun.title" : "waiting.invited.title")}
        text={t("waiting.text", { date })}
      />
    </Card>
  );
}
