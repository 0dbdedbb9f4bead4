import { LayoutTemplate, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";

import { useKeepTemplate, useRemoveTemplate, useTemplates } from "@/api/library";
import type { Campaign, Template } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { Form, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";

import { type CampaignDraft, templateOf, withTemplate } from "./draft";
import type { Change } from "./use-draft";

interface Props {
  draft: CampaignDraft;
  change: Change;
}

/** Fill a new campaign from a template. */
export function UseTemplate({ draft, change }: Props) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const use = (template: Template) => {
    change(withTemplate(draft, template));
    setOpen(false);
    toast(t("template.used"));
  };
  return (
    <div>
      <Button icon={<LayoutTemplate aria-hidden />} onPress={() => setOpen(true)}>
        {t("template.use")}
      </Button>
      <Dialog title={t("template.use")} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="mb-4 text-sm text-ink-soft">{t("template.replaces")}</p>
        <Templates onUse={use} />
      </Dialog>
    </div>
  );
}

function Templates({ onUse }: { onUse(template: Template): void }) {
  const query = useTemplates(true);
  return (
    <Loaded query={query}>
      {({ results }) => (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {results.map((template) => (
            <Row key={template.id} template={template} onUse={() => onUse(template)} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function Row({ template, onUse }: { template: Template; onUse(): void }) {
  const { t } = useI18n();
  const { name, built_in, campaign } = template;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
      <div className="min-w-40 grow basis-0">
        <p className="font-medium wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-ink-faint">
          {t("campaigns.questionCount", { count: campaign.questions.length })}
        </p>
      </div>
      {built_in ? <Badge>{t("template.builtIn")}</Badge> : <Remove template={template} />}
      <Button size="sm" aria-label={t("template.chooseNamed", { name })} onPress={onUse}>
        {t("template.choose")}
      </Button>
    </li>
  );
}

function Remove({ template: { id, name } }: { template: Template }) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const remove = useRemoveTemplate();
  const run = () =>
    remove.mutate(id, {
      onSuccess: () => toast(t("template.removed")),
      onError: (error) => toast(errorText(error), "bad"),
    });
  return (
    <IconButton
      label={t("template.remove", { name })}
      icon={<Trash2 />}
      isDisabled={remove.isPending}
      onPress={run}
    />
  );
}

interface KeepProps {
  campaign: Campaign;
  isOpen: boolean;
  onClose(): void;
}

/** Keep what a campaign says as a template, under a name. */
export function KeepTemplateDialog({ campaign, isOpen, onClose }: KeepProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("template.keep")} isOpen={isOpen} onClose={onClose}>
      <KeepForm campaign={campaign} onClose={onClose} />
    </Dialog>
  );
}

function KeepForm({ campaign, onClose }: Omit<KeepProps, "isOpen">) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const keep = useKeepTemplate();
  const [name, setName] = useState(campaign.title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      toast(t("template.kept"));
      onClose();
    };
    keep.mutate({ name, campaign: templateOf(campaign) }, { onSuccess: done });
  };
  return (
    <Form onSubmit={submit} validationErrors={fieldErrors(keep.error)}>
      <p className="mb-4 text-sm text-ink-soft">{t("template.keepText")}</p>
      <TextField
        label={t("template.name")}
        name="name"
        isRequired
        maxLength={200}
        value={name}
        onChange={setName}
      />
      {keep.error ? (
        <div className="mt-4">
          <Notice tone="bad">{errorText(keep.error)}</Notice>
        </div>
      ) : null}
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button
          type="submit"
          variant="primary"
          isPending={keep.isPending}
          isDisabled={!name.trim()}
        >
          {t("action.save")}
        </Button>
      </DialogActions>
    </Form>
  );
}
