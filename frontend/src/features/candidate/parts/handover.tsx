import { Smartphone } from "lucide-react";
import { useCallback, useEffect, useId, useRef, useState } from "react";

import { QrCode } from "@/features/shared/qr";

import { useController, useDuration, useWords } from "../context";
import type { Handover as Code } from "../model/api";
import { Banner, Button } from "./controls";
import { useSecondsLeft } from "./countdown";

/** The way to the phone: for whoever has no camera here, or a better one there. */
export function Handover() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="secondary" onClick={() => setOpen(true)}>
        <Smartphone aria-hidden="true" />
        {t("phone.offer")}
      </Button>
      {open && <HandoverDialog close={() => setOpen(false)} />}
    </>
  );
}

function HandoverDialog({ close }: { close: () => void }) {
  const { t } = useWords();
  const name = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { code, failed, ask } = useCode();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={name}
      onCancel={close}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-6 text-ink backdrop:bg-scrim"
    >
      <h2 id={name} className="text-xl font-semibold">
        {t("phone.title")}
      </h2>
      <p className="mt-2 leading-relaxed text-ink-soft">{t("phone.text")}</p>
      {failed && (
        <div className="mt-4">
          <Banner tone="bad" role="alert">
            {t("own.failed")}
          </Banner>
        </div>
      )}
      {code && <CodeToScan key={code.url} code={code} ask={ask} />}
      <div className="mt-6 flex flex-wrap gap-3">
        {failed && <Button onClick={ask}>{t("problem.retry")}</Button>}
        <Button look="secondary" onClick={close}>
          {t("phone.close")}
        </Button>
      </div>
    </dialog>
  );
}

function useCode() {
  const { own } = useController();
  const [code, setCode] = useState<Code | null>(null);
  const [failed, setFailed] = useState(false);
  const ask = useCallback(
    () =>
      own.handOver().then(
        (made) => setCode(made),
        () => setFailed(true),
      ),
    [own],
  );
  useEffect(() => void ask(), [ask]);
  function again() {
    setFailed(false);
    void ask();
  }
  return { code, failed, ask: again };
}

function CodeToScan({ code, ask }: { code: Code; ask: () => void }) {
  const { t } = useWords();
  const duration = useDuration();
  const seconds = useSecondsLeft(Date.parse(code.expires_at), () => undefined) ?? 0;
  if (seconds === 0) {
    return (
      <div className="mt-4 grid gap-3">
        <Banner tone="wait" role="status">
          {t("phone.over")}
        </Banner>
        <Button onClick={ask}>{t("phone.again")}</Button>
      </div>
    );
  }
  return (
    <div className="mt-4 grid justify-items-center gap-3 text-center">
      <QrCode text={code.url} label={t("phone.code")} />
      <p className="text-sm text-ink-soft tabular-nums">
        {t("phone.left", { duration: duration(Math.ceil(seconds)) })}
      </p>
      <p className="w-full text-sm">
        {t("phone.link")}{" "}
        <bdi dir="ltr" className="block font-mono text-xs break-all select-all">
          {code.url}
        </bdi>
      </p>
    </div>
  );
}
