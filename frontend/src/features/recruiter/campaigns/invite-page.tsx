import { useQuery } from "@tanstack/react-query";
import { ClipboardPaste, FileSpreadsheet, Link2, UserPlus } from "lucide-react";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { campaignQuery } from "@/api/campaigns";
import type { Campaign, InvitationResult } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { CARD } from "@/ui/styles";
import { Tabs } from "@/ui/tabs";

import { ImportPanel } from "./import-panel";
import { FileList, PastedList } from "./import-source";
import { InviteForm } from "./invite";
import { InvitationResults } from "./invite-result";
import { PublicLinkPanel } from "./public-link";

export function Component() {
  const { id = "" } = useParams();
  return (
    <Loaded key={id} query={useQuery(campaignQuery(id))}>
      {(campaign) => <Invite campaign={campaign} />}
    </Loaded>
  );
}

function Invite({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const list = params.get("import");
  const back = { to: `/campaigns/${campaign.id}`, text: campaign.title };
  return (
    <Page title={t("invite.title")} back={back}>
      {campaign.status === "open" ? null : <Notice tone="wait">{t("invite.notOpen")}</Notice>}
      <section className={`${CARD} p-4 md:p-5`}>
        {list === null ? (
          <Ways campaign={campaign} />
        ) : (
          <ImportPanel
            id={list}
            campaignId={campaign.id}
            onAnother={() => setParams({ by: "file" }, { replace: true })}
          />
        )}
      </section>
    </Page>
  );
}

/** The four ways to invite; which one, and which list, is in the address. */
function Ways({ campaign: { id } }: { campaign: Campaign }) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const onList = (list: string) => setParams({ import: list });
  const items = [
    {
      id: "form",
      title: t("invite.by.form"),
      icon: <UserPlus aria-hidden />,
      content: <ByForm campaignId={id} />,
    },
    {
      id: "paste",
      title: t("invite.by.paste"),
      icon: <ClipboardPaste aria-hidden />,
      content: <PastedList campaignId={id} onList={onList} />,
    },
    {
      id: "file",
      title: t("invite.by.file"),
      icon: <FileSpreadsheet aria-hidden />,
      content: <FileList campaignId={id} onList={onList} />,
    },
    {
      id: "link",
      title: t("invite.by.link"),
      icon: <Link2 aria-hidden />,
      content: <PublicLinkPanel campaignId={id} />,
    },
  ];
  return (
    <Tabs
      label={t("invite.by.label")}
      items={items}
      selected={params.get("by") ?? "form"}
      onSelect={(by) => setParams({ by }, { replace: true })}
    />
  );
}

function ByForm({ campaignId }: { campaignId: string }) {
  const navigate = useNavigate();
  const [result, setResult] = useState<InvitationResult | null>(null);
  if (!result) return <InviteForm campaignId={campaignId} onDone={setResult} />;
  return (
    <InvitationResults
      result={result}
      onMore={() => setResult(null)}
      onClose={() => void navigate(`/campaigns/${campaignId}`)}
    />
  );
}
