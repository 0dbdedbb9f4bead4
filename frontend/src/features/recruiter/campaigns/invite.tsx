import { ClipboardPaste, Plus, Send, Trash2 } from "lucide-react";
import { type ClipboardEvent, type FormEvent, useState } from "react";

import { useInvite } from "@/api/campaigns";
import type { InvitationResult } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { fieldErrors, useErrorText } from "@/features/shared/mutation-error";
import { Button, IconButton } from "@/ui/button";
import { DialogActions } from "@/ui/dialog";
import { Form, TextField } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { useScreen } from "@/ui/screen";

import { emptyPerson, isBlank, peopleFrom, type Person, unreadIn } from "./people";

interface FormProps {
  campaignId: string;
  onDone(result: InvitationResult): void;
}

export function InviteForm({ campaignId, onDone }: FormProps) {
  const { t } = useI18n();
  const [people, setPeople] = useState<Person[]>(() => [emptyPerson()]);
  const [unread, setUnread] = useState<string[]>([]);
  const invite = useInvite(campaignId);
  const errorText = useErrorText();
  const filled = people.filter((person) => !isBlank(person));

  const add = (text: string) => {
    setPeople([...filled, ...peopleFrom(text)]);
    setUnread([...new Set(unreadIn(text))]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Rows left empty are dropped, so that the server's row numbers are the ones shown.
    setPeople(filled);
    invite.mutate(
      filled.map(({ key: _, ...person }) => person),
      { onSuccess: onDone },
    );
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (peopleFrom(text).length < 2) return;
    event.preventDefault();
    add(text);
  };
  return (
    <Form onSubmit={submit} validationErrors={fieldErrors(invite.error)}>
      <p className="mb-4 text-sm text-ink-soft">{t("invite.text")}</p>
      {invite.error ? <Notice tone="bad">{errorText(invite.error)}</Notice> : null}
      <ol onPaste={paste} className="flex flex-col gap-3 max-md:divide-y max-md:divide-line">
        {people.map((person, index) => (
          <PersonRow
            key={person.key}
            person={person}
            index={index}
            isOnly={people.length === 1}
            onChange={(part) => setPeople(people.with(index, { ...person, ...part }))}
            onRemove={() => setPeople(people.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onPress={() => setPeople([...people, emptyPerson()])}
        >
          {t("invite.addRow")}
        </Button>
        <PasteMany onAdd={add} />
      </div>
      {unread.length > 0 ? <UnreadLines lines={unread} /> : null}
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          icon={<Send aria-hidden className="rtl:-scale-x-100" />}
          isPending={invite.isPending}
          isDisabled={filled.length === 0}
        >
          {filled.length === 0 ? t("invite.send") : t("invite.sendCount", { count: filled.length })}
        </Button>
      </DialogActions>
    </Form>
  );
}

interface RowProps {
  person: Person;
  index: number;
  isOnly: boolean;
  onChange(part: Partial<Person>): void;
  onRemove(): void;
}

function PersonRow({ person, index, isOnly, onChange, onRemove }: RowProps) {
  const { t } = useI18n();
  const position = index + 1;
  // The first row's labels head the columns; on a phone each field says its name.
  const hideLabel = useScreen() !== "mobile" && index > 0;
  return (
    <li
      aria-label={t("invite.person", { position })}
      className="grid gap-3 max-md:pt-3 max-md:first:pt-0 md:grid-cols-[1fr_1fr_1.4fr_auto]"
    >
      <TextField
        label={t("field.firstName")}
        hideLabel={hideLabel}
        name={`candidates.${index}.first_name`}
        value={person.first_name}
        onChange={(first_name) => onChange({ first_name })}
      />
      <TextField
        label={t("field.lastName")}
        hideLabel={hideLabel}
        name={`candidates.${index}.last_name`}
        value={person.last_name}
        onChange={(last_name) => onChange({ last_name })}
      />
      <TextField
        label={t("field.email")}
        hideLabel={hideLabel}
        name={`candidates.${index}.email`}
        type="email"
        inputDir="ltr"
        isRequired
        value={person.email}
        onChange={(email) => onChange({ email })}
      />
      <IconButton
        label={t("invite.remove", { position })}
        icon={<Trash2 />}
        isDisabled={isOnly}
        onPress={onRemove}
        className={hideLabel ? "" : "justify-self-end md:mt-6.5"}
      />
    </li>
  );
}

/** What was pasted and has no address: nobody is left out silently. */
function UnreadLines({ lines }: { lines: string[] }) {
  const { t } = useI18n();
  return (
    <div className="mt-3">
      <Notice tone="wait">
        <p className="font-medium">{t("invite.unread", { count: lines.length })}</p>
        <ul className="mt-1">
          {lines.map((line) => (
            <li key={line} dir="auto" className="break-words">
              {line}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** Many people at once, from a table sheet or an address book. */
function PasteMany({ onAdd }: { onAdd(text: string): void }) {
  const { t } = useI18n();
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <Button
        size="sm"
        variant="quiet"
        icon={<ClipboardPaste aria-hidden />}
        onPress={() => setText("")}
      >
        {t("invite.pasteMany")}
      </Button>
    );
  }
  const found = peopleFrom(text);
  const add = () => {
    onAdd(text);
    setText(null);
  };
  return (
    <div className="flex w-full flex-col gap-3 rounded-lg border border-line p-4">
      <TextField
        label={t("invite.pasteLabel")}
        hint={t("invite.pasteHint")}
        rows={4}
        // The button that was pressed is gone: the keyboard goes on here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={text}
        onChange={setText}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" isDisabled={found.length === 0} onPress={add}>
          {t("invite.pasteAdd", { count: found.length })}
        </Button>
        <Button size="sm" variant="quiet" onPress={() => setText(null)}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}
