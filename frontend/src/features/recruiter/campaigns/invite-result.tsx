import { UserPlus } from "lucide-react";

import type { InvitationResult } from "@/api/types";
import { CopyButton } from "@/features/shared/copy";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { nameOf } from "@/features/shared/person";
import { Button } from "@/ui/button";
import { DialogActions } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { Email } from "@/ui/page";

interface Props {
  result: InvitationResult;
  onMore(): void;
  onClose(): void;
}

/** Each person's link, and who was left out for which reason. */
export function InvitationResults({ result, onMore, onClose }: Props) {
  const { t } = useI18n();
  const { invited, skipped } = result;
  return (
    <>
      {invited.length ? (
        <Notice tone="good">{t("invite.invited", { count: invited.length })}</Notice>
      ) : null}
      <ul className="mt-3 divide-y divide-line">
        {invited.map((invitation) => (
          <Invited key={invitation.session_id} invitation={invitation} />
        ))}
      </ul>
      {skipped.length ? <Skipped skipped={skipped} /> : null}
      <DialogActions>
        <Button icon={<UserPlus aria-hidden />} onPress={onMore}>
          {t("invite.more")}
        </Button>
        <Button variant="primary" onPress={onClose}>
          {t("action.done")}
        </Button>
      </DialogActions>
    </>
  );
}

function Invited({ invitation }: { invitation: InvitationResult["invited"][number] }) {
  const { t } = useI18n();
  const { day } = useFormat();
  const { candidate, link, expires_at } = invitation;
  const name = nameOf(candidate);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-ink-soft">
          <Email>{candidate.email}</Email>
        </p>
        <p dir="ltr" className="text-start text-sm break-all text-ink-soft">
          {link}
        </p>
        <p className="text-sm text-ink-faint">{t("invite.until", { date: day(expires_at) })}</p>
      </div>
      <CopyButton label={t("invite.copyFor", { name })} text={() => link}>
        {t("invite.copy")}
      </CopyButton>
    </li>
  );
}

function Skipped({ skipped }: Pick<InvitationResult, "skipped">) {
  const { t } = useI18n();
  return (
    <div className="mt-4">
      <Notice tone="wait">
        <p className="font-medium">{t("invite.skipped", { count: skipped.length })}</p>
        <ul className="mt-1.5 flex flex-col gap-1">
          {skipped.map(({ email, detail }, index) => (
            // The same address may have been given twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${email} ${index}`}>
              <Email>{email}</Email>
              <br />
              {detail}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
