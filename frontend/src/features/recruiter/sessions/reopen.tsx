import { RotateCcw } from "lucide-react";
import { useState } from "react";

import { useReopen } from "@/api/going-on";
import type { Response, Session } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { useMember } from "@/features/shared/member";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { toast } from "@/ui/toast";

interface Props {
  session: Session;
  response: Response;
}

/** Let one question be answered again. */
export function Reopen({ session, response }: Props) {
  const { t } = useI18n();
  const { canManage } = useMember();
  const errorText = useErrorText();
  const [isAsked, setAsked] = useState(false);
  const reopen = useReopen(session.id);
  if (!canManage || session.status === "withdrawn" || response.reopened_at) return null;
  const { position, id } = response.question;
  const confirm = () =>
    reopen.mutate(id, {
      onSuccess: () => toast(t("reopen.done")),
      onError: (error) => toast(errorText(error), "bad"),
      onSettled: () => setAsked(false),
    });
  return (
    <>
      <Button
        size="sm"
        variant="quiet"
        icon={<RotateCcw aria-hidden />}
        onPress={() => setAsked(true)}
        className="self-start"
      >
        {t("reopen.action")}
      </Button>
      <ConfirmDialog
        title={t("reopen.title", { position })}
        text={t("reopen.text")}
        action={t("reopen.action")}
        isOpen={isAsked}
        isPending={reopen.isPending}
        onConfirm={confirm}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
