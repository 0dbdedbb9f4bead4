import { type FormEvent, useState } from "react";

import { useExtend } from "@/api/going-on";
import type { Session } from "@/api/types";
import { useFormat } from "@/features/shared/format";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog, DialogActions } from "@/ui/dialog";
import { Form, TextField } from "@/ui/field";
import { toast } from "@/ui/toast";

interface Props {
  session: Session;
  isOpen: boolean;
  onClose(): void;
}

const WEEK_MS = 7 * 24 * 3600 * 1000;

export function ExtendDialog(props: Props) {
  const { t } = useI18n();
  return (
    <Dialog title={t("extend.action")} isOpen={props.isOpen} onClose={props.onClose}>
      <ExtendForm {...props} />
    </Dialog>
  );
}

function ExtendForm({ session, onClose }: Props) {
  const { t } = useI18n();
  const { moment } = useFormat();
  const errorText = useErrorText();
  const extend = useExtend(session.id);
  const [until, setUntil] = useState(() => aWeekLater(session.expires_at));
  const [tell, setTell] = useState(true);
  const wrong = fieldErrors(extend.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const end = new Date(until);
    if (Number.isNaN(end.getTime())) return toast(t("extend.wrong"), "bad");
    extend.mutate(
      { expires_at: end.toISOString(), tell },
      {
        onSuccess: () => {
          toast(t("extend.done"));
          onClose();
        },
        onError: (error) => toast(errorText(error), "bad"),
      },
    );
  };
  return (
    <Form onSubmit={send} validationErrors={wrong} className="flex flex-col gap-4">
      <p className="text-ink-soft">{t("extend.text", { date: moment(session.expires_at) })}</p>
      <TextField
        name="expires_at"
        type="datetime-local"
        label={t("extend.until")}
        value={until}
        onChange={setUntil}
        isRequired
      />
      <Checkbox isSelected={tell} onChange={setTell}>
        {t("extend.tell")}
      </Checkbox>
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button type="submit" variant="primary" isPending={extend.isPending}>
          {t("extend.action")}
        </Button>
      </DialogActions>
    </Form>
  );
}

/** A week from the end, or from now for what is over: as the field wants it, in local time. */
export function aWeekLater(end: string, now = Date.now()): string {
  const later = new Date(Math.max(now, new Date(end).getTime()) + WEEK_MS);
  const local = new Date(later.getTime() - later.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
