import { FileUp, ListChecks } from "lucide-react";
import { type ChangeEvent, type DragEvent, useId, useState } from "react";

import { type List, useSendList } from "@/api/invitations";
import { useI18n } from "@/features/shared/i18n";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

interface Props {
  campaignId: string;
  onList(id: string): void;
}

function useSending({ campaignId, onList }: Props) {
  const send = useSendList(campaignId);
  const errorText = useErrorText();
  const run = (list: List) => send.mutate(list, { onSuccess: ({ id }) => onList(id) });
  return { run, isPending: send.isPending, mistake: send.error ? errorText(send.error) : null };
}

export function PastedList(props: Props) {
  const { t } = useI18n();
  const { run, isPending, mistake } = useSending(props);
  const [text, setText] = useState("");
  return (
    <div className="flex flex-col gap-4">
      {mistake ? <Notice tone="bad">{mistake}</Notice> : null}
      <TextField
        label={t("invite.pasteLabel")}
        hint={t("import.pasteHint")}
        rows={8}
        value={text}
        onChange={setText}
      />
      <div>
        <Button
          variant="primary"
          icon={<ListChecks aria-hidden />}
          isPending={isPending}
          isDisabled={text.trim() === ""}
          onPress={() => run(text)}
        >
          {t("import.look")}
        </Button>
      </div>
    </div>
  );
}

const ACCEPTED = ".csv,.tsv,.txt,.xlsx";

/** A file by choosing or by dropping it: both do the same. */
export function FileList(props: Props) {
  const { t } = useI18n();
  const { run, isPending, mistake } = useSending(props);
  const [isOver, setOver] = useState(false);
  const id = useId();
  const take = (files: globalThis.FileList | null) => {
    const file = files?.[0];
    if (file && !isPending) run(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    take(target.files);
    // The same file, mended, may be chosen again.
    target.value = "";
  };
  return (
    <div className="flex flex-col gap-4">
      {mistake ? <Notice tone="bad">{mistake}</Notice> : null}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-10 text-center ${isOver ? "border-accent-ink bg-accent-soft" : "border-line-strong"}`}
      >
        <FileUp aria-hidden className="size-8 text-ink-faint" />
        <label htmlFor={id} className="font-medium">
          {t("import.file")}
        </label>
        <input
          id={id}
          type="file"
          accept={ACCEPTED}
          disabled={isPending}
          aria-describedby={`${id}-hint`}
          onChange={choose}
          className="max-w-full text-sm file:me-3 file:min-h-10 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface file:px-4 file:font-medium file:text-ink"
        />
        <p id={`${id}-hint`} className="max-w-prose text-sm text-pretty text-ink-soft">
          {t("import.fileHint")}
        </p>
        {isPending ? <p role="status">{t("import.sending")}</p> : null}
      </div>
    </div>
  );
}
