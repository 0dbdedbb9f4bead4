import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { Button, IconButton } from "./button";
import { useWords } from "./words";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
  wide?: boolean;
  role?: "dialog" | "alertdialog";
}

/** A window over the page; on a phone it takes the whole screen from below. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  wide = false,
  role = "dialog",
}: DialogProps) {
  const { t } = useWords();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog"}
      className="fixed inset-0 z-40 flex items-center justify-center bg-scrim p-4 max-md:items-end max-md:p-0"
    >
      <Modal
        className={`flex max-h-[calc(100dvh-2rem)] w-full flex-col rounded-lg border border-line bg-surface text-ink data-entering:animate-rise max-md:max-h-[94dvh] max-md:rounded-b-none ${wide ? "max-w-3xl" : "max-w-lg"}`}
      >
        <AriaDialog role={role} className="flex min-h-0 flex-col outline-none">
          <header className="flex items-center justify-between gap-4 border-b border-line py-3 ps-5 pe-3">
            <Heading slot="title" className="text-lg font-semibold">
              {title}
            </Heading>
            <IconButton label={t("action.close")} icon={<X />} onPress={onClose} />
          </header>
          <div className="relative min-h-0 overflow-y-auto p-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="mt-6 flex flex-wrap justify-end gap-2 max-md:flex-col-reverse">{children}</div>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  isOpen: boolean;
  isPending: boolean;
  danger?: boolean;
  onConfirm(): void;
  onClose(): void;
}

export function ConfirmDialog(props: ConfirmProps) {
  const { title, text, action, isOpen, isPending, danger = false, onConfirm, onClose } = props;
  const { t } = useWords();
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <p className="text-ink-soft">{text}</p>
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button variant={danger ? "danger" : "primary"} onPress={onConfirm} isPending={isPending}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
