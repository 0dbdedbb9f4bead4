import { useTypedI18n } from "@/lib/i18n";
import type { RecruiterKey } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";

import { HELP, NAMED } from "./keys";

/** The keys of the player, in a table of words and keys. */
export default function Help({ onClose }: { onClose(): void }) {
  const { t } = useTypedI18n<RecruiterKey>();
  return (
    <Dialog title={t("player.help")} isOpen onClose={onClose}>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2.5 text-sm">
        {HELP.map(([words, keys]) => (
          <div key={words} className="contents">
            <dt>{t(words)}</dt>
            {/* Keys stand as on the keyboard. */}
            <dd dir="ltr" className="flex gap-1.5">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-7 rounded-sm border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-sans text-xs font-medium"
                >
                  {key in NAMED ? t(NAMED[key as keyof typeof NAMED]) : key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
