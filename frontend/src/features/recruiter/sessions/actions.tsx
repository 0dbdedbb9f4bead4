import { CalendarPlus, HandHelping } from "lucide-react";
import { useState } from "react";

import { fetchLink } from "@/api/sessions";
import type { Session } from "@/api/types";
import { CopyButton } from "@/features/shared/copy";
import { useI18n } from "@/features/shared/i18n";
import { useMember } from "@/features/shared/member";
import { nameOf } from "@/features/shared/person";
import { Button } from "@/ui/button";

import { AccommodationDialog } from "./accommodation";
import { ExtendDialog } from "./extend";

type Asked = "extend" | "accommodation" | null;

/** What those who invite can do for one candidate. */
export function SessionActions({ session }: { session: Session }) {
  const { t } = useI18n();
  const { canManage } = useMember();
  const [asked, setAsked] = useState<Asked>(null);
  const isDone = session.status === "completed" || session.status === "withdrawn";
  if (!canManage || isDone) return null;
  const close = () => setAsked(null);
  return (
    <>
      {session.status === "expired" ? null : (
        <CopyButton
          label={t("invite.copyFor", { name: nameOf(session.candidate) })}
          text={() => fetchLink(session.id)}
        >
          {t("invite.copy")}
        </CopyButton>
      )}
      <Button icon={<CalendarPlus aria-hidden />} onPress={() => setAsked("extend")}>
        {t("extend.action")}
      </Button>
      <Button icon={<HandHelping aria-hidden />} onPress={() => setAsked("accommodation")}>
        {t("accommodation.action")}
      </Button>
      <ExtendDialog session={session} isOpen={asked === "extend"} onClose={close} />
      <AccommodationDialog
        sessionId={session.id}
        isOpen={asked === "accommodation"}
        onClose={close}
      />
    </>
  );
}
