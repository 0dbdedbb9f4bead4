import { BookmarkPlus, Library, SearchX, Trash2 } from "lucide-react";
import { useState } from "react";

import { useBank, useKeepQuestion, useRemoveQuestion } from "@/api/library";
import type { BankQuestion } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";
import { Loaded } from "@/features/shared/loaded";
import { useErrorText } from "@/features/shared/mutation-error";
import { Button, IconButton } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { SearchField } from "@/ui/search";
import { EmptyState } from "@/ui/states";
import { toast } from "@/ui/toast";

import { newQuestion, type QuestionDraft } from "./draft";

interface Props {
  isDisabled: boolean;
  onAdd(question: QuestionDraft): void;
}

/** Take questions from the bank into this campaign. */
export function FromBank({ isDisabled, onAdd }: Props) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Library aria-hidden />} isDisabled={isDisabled} onPress={() => setOpen(true)}>
        {t("bank.open")}
      </Button>
      <Dialog title={t("bank.title")} isOpen={isOpen} onClose={() => setOpen(false)} wide>
        <Bank isDisabled={isDisabled} onAdd={onAdd} />
        <DialogActions>
          <Button onPress={() => setOpen(false)}>{t("action.done")}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function Bank({ isDisabled, onAdd }: Props) {
  const { t } = useI18n();
  const [search, setSearch] = useState("");
  const query = useBank(search, true);
  return (
    <div className="flex flex-col gap-4">
      <SearchField label={t("bank.search")} value={search} onSearch={setSearch} />
      <Loaded query={query}>
        {({ results }) =>
          results.length ? (
            <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
              {results.map((row) => (
                <Row key={row.id} row={row} isDisabled={isDisabled} onAdd={onAdd} />
              ))}
            </ul>
          ) : (
            <Nothing isSearched={search !== ""} />
          )
        }
      </Loaded>
    </div>
  );
}

function Nothing({ isSearched }: { isSearched: boolean }) {
  const { t } = useI18n();
  return isSearched ? (
    <EmptyState icon={<SearchX />} title={t("filter.nothing")} />
  ) : (
    <EmptyState icon={<Library />} title={t("bank.empty.title")} text={t("bank.empty.text")} />
  );
}

function Row({ row, isDisabled, onAdd }: Props & { row: BankQuestion }) {
  const { t } = useI18n();
  const { id: _id, created_at: _at, category, ...question } = row;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
      <div className="min-w-52 grow basis-0">
        <p className="wrap-anywhere">
          <bdi>{row.text}</bdi>
        </p>
        <p className="text-sm text-ink-faint">
          {[category, t(`answerBy.${row.answer_by}`)].filter(Boolean).join(" · ")}
        </p>
      </div>
      <Remove row={row} />
      <Button
        size="sm"
        aria-label={t("bank.addNamed", { text: row.text })}
        isDisabled={isDisabled}
        onPress={() => onAdd(newQuestion(question))}
      >
        {t("bank.add")}
      </Button>
    </li>
  );
}

function Remove({ row: { id, text } }: { row: BankQuestion }) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const remove = useRemoveQuestion();
  const run = () =>
    remove.mutate(id, {
      onSuccess: () => toast(t("bank.removed")),
      onError: (error) => toast(errorText(error), "bad"),
    });
  return (
    <IconButton
      label={t("bank.remove", { text })}
      icon={<Trash2 />}
      isDisabled={remove.isPending}
      onPress={run}
    />
  );
}

/** Keep a question for later campaigns. */
export function KeepInBank({ question, position }: { question: QuestionDraft; position: number }) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const keep = useKeepQuestion();
  const { key: _key, id: _id, prompt: _prompt, ...body } = question;
  const run = () =>
    keep.mutate(
      { ...body, category: "" },
      {
        onSuccess: () => toast(t("bank.kept")),
        onError: (error) => toast(errorText(error), "bad"),
      },
    );
  return (
    <IconButton
      label={t("bank.keep", { position })}
      icon={<BookmarkPlus />}
      isDisabled={!question.text.trim() || keep.isPending}
      onPress={run}
    />
  );
}
