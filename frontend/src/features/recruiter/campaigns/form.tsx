import { Clock, RotateCcw } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";

import { useSaveCampaign } from "@/api/campaigns";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button, ButtonLink } from "@/ui/button";
import { Form } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";

import { bodyOf, type CampaignDraft, dropDraft, totalSeconds } from "./draft";
import { Presentation, Rules } from "./fields";
import { Questions } from "./questions";
import { focusFirstMistake, useMistakes } from "./mistakes";
import { useDraft } from "./use-draft";

interface Props {
  id: string | null;
  start: CampaignDraft;
}

export function CampaignForm({ id, start }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { draft, change, restored, startAgain } = useDraft(id, start);
  const save = useSaveCampaign(id);
  const errorText = useErrorText();
  const findMistakes = useMistakes();
  const [mistakes, setMistakes] = useState<Record<string, string>>({});

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = findMistakes(draft);
    setMistakes(found);
    if (Object.keys(found).length) return focusFirstMistake(form);
    save.mutate(bodyOf(draft), {
      onSuccess: (campaign) => {
        dropDraft(id);
        toast(t("campaign.saved"));
        void navigate(`/campaigns/${campaign.id}`);
      },
      onError: (error) => {
        setMistakes(fieldErrors(error));
        focusFirstMistake(form);
      },
    });
  };
  return (
    <Form onSubmit={submit} validationErrors={mistakes} className="flex flex-col gap-6">
      {restored ? <Restored onStartAgain={startAgain} /> : null}
      <Presentation draft={draft} change={change} />
      <Rules draft={draft} change={change} />
      <Questions draft={draft} change={change} mistake={mistakes["questions"]} />
      {save.error ? <Notice tone="bad">{errorText(save.error)}</Notice> : null}
      <Footer
        draft={draft}
        isPending={save.isPending}
        cancelTo={id ? `/campaigns/${id}` : "/campaigns"}
      />
    </Form>
  );
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
