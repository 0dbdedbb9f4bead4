import { Clock, RotateCcw } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useNavigate } from "react-router";

import { useCheckUpdate, useSaveCampaign } from "@/api/campaigns";
import type { Effect } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button, ButtonLink } from "@/ui/button";
import { Form } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";

import { bodyOf, type CampaignDraft, dropDraft, totalSeconds } from "./draft";
import { Dates } from "./dates";
import { Presentation } from "./presentation";
import { Questions } from "./questions";
import { atFields, focusFirstMistake, useMistakes } from "./mistakes";
import { Rules } from "./rules";
import { UseTemplate } from "./templates";
import { useDraft } from "./use-draft";
import { NewVersionDialog, VersionNotice } from "./version";

interface Props {
  id: string | null;
  start: CampaignDraft;
  /** What is known of the version of today, of a campaign that exists. */
  version?: { number: number; started: number };
}

export function CampaignForm({ id, start, version }: Props) {
  const { draft, change, restored, startAgain } = useDraft(id, start);
  const { save, check, effect, begin, confirm, dismiss } = useSaving(id, draft);
  const errorText = useErrorText();
  const findMistakes = useMistakes();
  const [mistakes, setMistakes] = useState<Record<string, string>>({});
  const error = save.error ?? check.error;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    // For React the form of a dialog lies inside this one.
    if (event.target !== form) return;
    const found = findMistakes(draft);
    setMistakes(found);
    if (Object.keys(found).length) return focusFirstMistake(form);
    begin((refused) => {
      setMistakes(atFields(fieldErrors(refused)));
      focusFirstMistake(form);
    });
  };
  return (
    <Form onSubmit={submit} validationErrors={mistakes} className="flex flex-col gap-6">
      {restored ? <Restored onStartAgain={startAgain} /> : null}
      {version?.started ? <VersionNotice {...version} /> : null}
      {id === null ? <UseTemplate draft={draft} change={change} /> : null}
      <Presentation draft={draft} change={change} mistakes={mistakes} />
      <Rules draft={draft} change={change} />
      <Questions draft={draft} change={change} mistakes={mistakes} />
      <Dates draft={draft} change={change} />
      {error ? <Notice tone="bad">{errorText(error)}</Notice> : null}
      <Footer
        draft={draft}
        isPending={save.isPending || check.isPending}
        cancelTo={id ? `/campaigns/${id}` : "/campaigns"}
      />
      <NewVersionDialog
        effect={effect}
        isPending={save.isPending}
        onConfirm={confirm}
        onClose={dismiss}
      />
    </Form>
  );
}

/** Save; before a campaign that exists gets another version, a person has to agree. */
function useSaving(id: string | null, draft: CampaignDraft) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const save = useSaveCampaign(id);
  const check = useCheckUpdate(id);
  const [effect, setEffect] = useState<Effect | null>(null);
  const refused = useRef<(error: unknown) => void>(undefined);
  const dismiss = () => setEffect(null);

  const confirm = () =>
    save.mutate(bodyOf(draft), {
      onSuccess: (campaign) => {
        dropDraft(id);
        toast(t("campaign.saved"));
        void navigate(`/campaigns/${campaign.id}`);
      },
      onError: (error) => refused.current?.(error),
      onSettled: dismiss,
    });
  const begin = (onRefused: (error: unknown) => void) => {
    refused.current = onRefused;
    save.reset();
    if (id === null) return confirm();
    check.mutate(bodyOf(draft), {
      onSuccess: (found) => (found.new_version ? setEffect(found) : confirm()),
      onError: onRefused,
    });
  };
  return { save, check, effect, begin, confirm, dismiss };
}

function Restored({ onStartAgain }: { onStartAgain(): void }) {
  const { t } = useI18n();
  return (
    <Notice tone="wait">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {t("campaign.restored")}
        <Button size="sm" icon={<RotateCcw aria-hidden />} onPress={onStartAgain}>
          {t("campaign.startAgain")}
        </Button>
      </div>
    </Notice>
  );
}

interface FooterProps {
  draft: CampaignDraft;
  isPending: boolean;
  cancelTo: string;
}

function Footer({ draft, isPending, cancelTo }: FooterProps) {
  const { t } = useI18n();
  const { duration } = useFormat();
  return (
    <footer className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-line bg-canvas px-4 py-3 max-md:static lg:-mx-8 lg:px-8">
      <p className="flex items-center gap-2 text-sm text-ink-soft">
        <Clock aria-hidden className="size-4.5 shrink-0" />
        {t("campaign.total", { duration: duration(totalSeconds(draft)) })}
      </p>
      <div className="ms-auto flex gap-2 max-sm:w-full max-sm:*:grow">
        <ButtonLink to={cancelTo}>{t("action.cancel")}</ButtonLink>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t("action.save")}
        </Button>
      </div>
    </footer>
  );
}
