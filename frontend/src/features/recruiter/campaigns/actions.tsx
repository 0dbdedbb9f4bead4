import {
  Archive,
  CirclePlay,
  CircleStop,
  Copy,
  Ellipsis,
  LayoutTemplate,
  Pencil,
  Trash2,
  UserPlus,
} from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import {
  type Switch,
  useDeleteCampaign,
  useDuplicateCampaign,
  useSwitchCampaign,
} from "@/api/campaigns";
import type { Campaign } from "@/api/types";
import { type RecruiterKey, useI18n } from "@/features/shared/i18n";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button, ButtonLink, IconButton } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { Menu, MenuItem } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { KeepTemplateDialog } from "./templates";

interface Props {
  campaign: Campaign;
  onInvite(): void;
}

function MainActions({ campaign, onInvite, onOpen }: Props & { onOpen(): void }) {
  const { t } = useI18n();
  const { id, status } = campaign;
  return (
    <>
      <ButtonLink to={`/campaigns/${id}/edit`} icon={<Pencil aria-hidden />}>
        {t("action.edit")}
      </ButtonLink>
      {status === "open" ? (
        <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={onInvite}>
          {t("invite.title")}
        </Button>
      ) : (
        <Button variant="primary" icon={<CirclePlay aria-hidden />} onPress={onOpen}>
          {t(status === "closed" ? "campaign.reopen" : "campaign.open")}
        </Button>
      )}
    </>
  );
}

const DONE: Record<Switch, RecruiterKey> = {
  open: "campaign.opened",
  close: "campaign.closed",
  archive: "campaign.archived",
};

type Question = "close" | "delete" | "template" | null;

/** What can be done with a campaign, by its status. */
export function CampaignActions({ campaign, onInvite }: Props) {
  const { t } = useI18n();
  const { id, status } = campaign;
  const [asked, setAsked] = useState<Question>(null);
  const change = useSwitch(id);
  const duplicate = useDuplicate(id);
  const dismiss = () => setAsked(null);
  return (
    <>
      {status === "archived" ? null : (
        <MainActions campaign={campaign} onInvite={onInvite} onOpen={() => change.run("open")} />
      )}
      <Menu
        label={t("action.more")}
        trigger={<IconButton variant="secondary" label={t("action.more")} icon={<Ellipsis />} />}
      >
        <MenuItem text={t("campaign.duplicate")} icon={<Copy aria-hidden />} onAction={duplicate} />
        <MenuItem
          text={t("template.keep")}
          icon={<LayoutTemplate aria-hidden />}
          onAction={() => setAsked("template")}
        />
        {status === "open" ? (
          <MenuItem
            text={t("campaign.close")}
            icon={<CircleStop aria-hidden />}
            onAction={() => setAsked("close")}
          />
        ) : null}
        {status === "closed" ? (
          <MenuItem
            text={t("campaign.archive")}
            icon={<Archive aria-hidden />}
            onAction={() => change.run("archive")}
          />
        ) : null}
        <MenuItem
          text={t("campaign.delete")}
          icon={<Trash2 aria-hidden />}
          onAction={() => setAsked("delete")}
        />
      </Menu>
      <ConfirmDialog
        title={t("campaign.close")}
        text={t("campaign.closeText")}
        action={t("campaign.close")}
        isOpen={asked === "close"}
        isPending={change.isPending}
        onConfirm={() => change.run("close", dismiss)}
        onClose={dismiss}
      />
      <DeleteDialog id={id} isOpen={asked === "delete"} onClose={dismiss} />
      <KeepTemplateDialog campaign={campaign} isOpen={asked === "template"} onClose={dismiss} />
    </>
  );
}

function useSwitch(id: string) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const mutation = useSwitchCampaign(id);
  const run = (to: Switch, after?: () => void) =>
    mutation.mutate(to, {
      onSuccess: () => toast(t(DONE[to])),
      onError: (error) => toast(errorText(error), "bad"),
      onSettled: () => after?.(),
    });
  return { run, isPending: mutation.isPending };
}

/** Make a copy and go on with it. */
function useDuplicate(id: string) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const mutation = useDuplicateCampaign(id);
  return () =>
    mutation.mutate(undefined, {
      onSuccess: (copy) => {
        toast(t("campaign.duplicated"));
        void navigate(`/campaigns/${copy.id}/edit`);
      },
      onError: (error) => toast(errorText(error), "bad"),
    });
}

interface DeleteProps {
  id: string;
  isOpen: boolean;
  onClose(): void;
}

function DeleteDialog({ id, isOpen, onClose }: DeleteProps) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const remove = useDeleteCampaign(id);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toast(t("campaign.deleted"));
        void navigate("/campaigns", { replace: true });
      },
      onError: (error) => {
        toast(errorText(error), "bad");
        onClose();
      },
    });
  return (
    <ConfirmDialog
      title={t("campaign.delete")}
      text={t("campaign.deleteText")}
      action={t("action.delete")}
      danger
      isOpen={isOpen}
      isPending={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
