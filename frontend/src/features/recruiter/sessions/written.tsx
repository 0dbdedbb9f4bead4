import { Download, FileText } from "lucide-react";

import type { Response } from "@/api/types";
import { useI18n } from "@/features/shared/i18n";

/** Whether the answer is to be read, and not to be played. */
export const isWritten = ({ answer_kind: kind }: Response): boolean =>
  kind === "text" || kind === "choice" || kind === "file";

/** An answer without a recording: its words, what was chosen, or the file to save. */
export function Written({ response }: { response: Response }) {
  const { t } = useI18n();
  const { written, chosen, attachment } = response;
  return (
    <div className="flex flex-col gap-3 border-b border-line bg-sunken p-4 md:p-5">
      {written ? (
        <p className="max-w-prose whitespace-pre-line wrap-anywhere" dir="auto">
          {written}
        </p>
      ) : null}
      {chosen.length > 0 ? (
        <ul className="list-disc ps-5">
          {chosen.map((choice) => (
            <li key={choice} className="wrap-anywhere">
              <bdi>{choice}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
      {attachment ? (
        <a
          href={attachment.url}
          download={attachment.file_name}
          className="flex min-h-11 items-center gap-2 self-start font-medium underline"
        >
          <FileText aria-hidden className="size-4.5 shrink-0" />
          <span className="wrap-anywhere">
            {t("response.save", { name: attachment.file_name })}
          </span>
          <Download aria-hidden className="size-4.5 shrink-0" />
        </a>
      ) : null}
    </div>
  );
}
