import { useQuery } from "@tanstack/react-query";
import { Link2, Link2Off, RefreshCw } from "lucide-react";
import { useState } from "react";

import { type PublicLink, publicLinkQuery, useChangePublicLink } from "@/api/invitations";
import { CopyButton } from "@/features/shared/copy";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { QrCode } from "@/features/shared/qr";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { Form } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { NumberField } from "@/ui/number-field";

interface Props {
  campaignId: string;
}

/** One link for everybody, up to a number of candidates. */
export function PublicLinkPanel({ campaignId }: Props) {
  return (
    <Loaded query={useQuery(publicLinkQuery(campaignId))}>
      {(link) => <Panel campaignId={campaignId} link={link} />}
    </Loaded>
  );
}

function Panel({ campaignId, link }: Props & { link: PublicLink }) {
  const { t } = useI18n();
  const change = useChangePublicLink(campaignId);
  const errorText = useErrorText();
  const [most, setMost] = useState<number | null>(link.most_sessions);
  const [isAsked, setAsked] = useState(false);
  const save = (enabled: boolean) =>
    change.mutate({ enabled, most_sessions: most ?? link.most_sessions });
  return (
    <Form
      validationErrors={fieldErrors(change.error)}
      onSubmit={(event) => {
        event.preventDefault();
        save(true);
      }}
      className="flex flex-col gap-5"
    >
      <p className="max-w-prose text-sm text-ink-soft">{t("public.text")}</p>
      {change.error ? <Notice tone="bad">{errorText(change.error)}</Notice> : null}
      {link.enabled && link.link ? <Shown url={link.link} /> : null}
      <div className="flex flex-wrap items-end gap-3">
        <NumberField
          label={t("public.most")}
          hint={t("public.made", { count: link.sessions_made })}
          name="most_sessions"
          value={most}
          onChange={setMost}
          minValue={1}
          maxValue={100_000}
          step={10}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          icon={<Link2 aria-hidden />}
          isPending={change.isPending}
        >
          {t(link.enabled ? "public.save" : "public.on")}
        </Button>
        {link.enabled ? (
          <>
            <Button icon={<Link2Off aria-hidden />} onPress={() => save(false)}>
              {t("public.off")}
            </Button>
            <Button icon={<RefreshCw aria-hidden />} onPress={() => setAsked(true)}>
              {t("public.renew")}
            </Button>
          </>
        ) : null}
      </div>
      <ConfirmDialog
        title={t("public.renew")}
        text={t("public.renewText")}
        action={t("public.renew")}
        isOpen={isAsked}
        isPending={change.isPending}
        onConfirm={() => change.mutate("renew", { onSettled: () => setAsked(false) })}
        onClose={() => setAsked(false)}
      />
    </Form>
  );
}

function Shown({ url }: { url: string }) {
  const { t } = useI18n();
  return (
    <div className="flex flex-wrap items-center gap-5">
      <QrCode text={url} label={t("public.qr")} />
      <div className="flex min-w-0 flex-1 basis-64 flex-col items-start gap-3">
        <p dir="ltr" className="text-start text-sm break-all">
          {url}
        </p>
        <CopyButton label={t("public.copy")} text={() => url}>
          {t("invite.copy")}
        </CopyButton>
      </div>
    </div>
  );
}
