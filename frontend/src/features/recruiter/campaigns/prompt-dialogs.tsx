import { FileVideo } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { useChangePrompt, useSendPrompt } from "@/api/prompts";
import type { Language, Prompt, PromptWrite } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { Form, inputClass, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";

const RECORDINGS = "video/webm,video/mp4,video/quicktime,audio/webm,audio/mp4,.m4a";
const CAPTIONS = ".vtt,.srt,text/vtt";

interface SendProps {
  language: Language;
  isOpen: boolean;
  onClose(): void;
  onSent(prompt: Prompt): void;
}

/** Choose a recording, and say in words what is in it. */
export function SendDialog({ language, isOpen, onClose, onSent }: SendProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("prompt.add")} isOpen={isOpen} onClose={onClose}>
      <SendForm language={language} onClose={onClose} onSent={onSent} />
    </Dialog>
  );
}

function SendForm({ language, onClose, onSent }: Omit<SendProps, "isOpen">) {
  const { t } = useI18n();
  const send = useSendPrompt();
  const [file, setFile] = useState<File | null>(null);
  const done = (prompt: Prompt) => {
    onSent(prompt);
    onClose();
  };
  return (
    <WordsForm
      start={{ language, captions: "", transcript: "" }}
      error={send.error}
      isPending={send.isPending}
      canSave={file !== null}
      onSave={(words) => file && send.mutate({ ...words, file }, { onSuccess: done })}
      onClose={onClose}
    >
      <FileInput
        label={t("prompt.file")}
        hint={t("prompt.fileHint")}
        accept={RECORDINGS}
        onFile={setFile}
      />
    </WordsForm>
  );
}

interface ChangeProps {
  prompt: Prompt;
  isOpen: boolean;
  onClose(): void;
}

/** Change what is written beside a recording. */
export function ChangeWordsDialog({ prompt, isOpen, onClose }: ChangeProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("prompt.changeCaptions")} isOpen={isOpen} onClose={onClose}>
      <ChangeForm prompt={prompt} onClose={onClose} />
    </Dialog>
  );
}

function ChangeForm({ prompt, onClose }: Omit<ChangeProps, "isOpen">) {
  const change = useChangePrompt(prompt.id);
  const { language, captions, transcript } = prompt;
  return (
    <WordsForm
      start={{ language, captions, transcript }}
      error={change.error}
      isPending={change.isPending}
      canSave
      onSave={(words) => change.mutate(words, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

interface WordsProps {
  start: Required<PromptWrite>;
  error: unknown;
  isPending: boolean;
  canSave: boolean;
  onSave(words: PromptWrite): void;
  onClose(): void;
  children?: ReactNode;
}

function WordsForm({ start, error, isPending, canSave, onSave, onClose, children }: WordsProps) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [words, setWords] = useState(start);
  const change = (part: Partial<PromptWrite>) => setWords((old) => ({ ...old, ...part }));
  return (
    <Form validationErrors={fieldErrors(error)} className="flex flex-col gap-5">
      {children}
      <FileInput
        label={t("prompt.captionsFile")}
        hint={t("prompt.captionsFileHint")}
        accept={CAPTIONS}
        onFile={(file) => void file?.text().then((captions) => change({ captions }))}
      />
      <TextField
        label={t("prompt.captions")}
        name="captions"
        rows={3}
        value={words.captions}
        onChange={(captions) => change({ captions })}
      />
      <TextField
        label={t("prompt.transcript")}
        name="transcript"
        hint={t("prompt.transcriptHint")}
        rows={3}
        value={words.transcript}
        onChange={(transcript) => change({ transcript })}
      />
      {error ? <Notice tone="bad">{errorText(error)}</Notice> : null}
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button
          variant="primary"
          isPending={isPending}
          isDisabled={!canSave}
          onPress={() => onSave(words)}
        >
          {t("action.save")}
        </Button>
      </DialogActions>
    </Form>
  );
}

interface FileProps {
  label: string;
  hint: string;
  accept: string;
  onFile(file: File | null): void;
}

function FileInput({ label, hint, accept, onFile }: FileProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-center gap-2 text-sm font-medium">
        <FileVideo aria-hidden className="size-4 text-ink-soft" />
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        className={`${inputClass} cursor-pointer file:me-3 file:cursor-pointer file:font-medium`}
      />
      <p id={`${id}-hint`} className="text-sm text-ink-faint">
        {hint}
      </p>
    </div>
  );
}
