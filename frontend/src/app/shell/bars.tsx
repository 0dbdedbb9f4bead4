import { NavLink } from "react-router";

import { useI18n } from "@/features/shared/i18n";

import { OrganizationMark, OrganizationName } from "./organization";
import { PLACES } from "./navigation";

interface LinksProps {
  className: string;
  iconClass?: string;
}

function Links({ className, iconClass = "size-5" }: LinksProps) {
  const { t } = useI18n();
  return PLACES.map(({ to, label, icon: Icon }) => (
    <li key={to} className="min-w-0 flex-1">
      <NavLink
        to={to}
        end={to === "/"}
        className={`flex items-center rounded-md font-medium text-ink-soft hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink ${className}`}
      >
        <Icon aria-hidden className={`shrink-0 ${iconClass}`} />
        <span className="truncate">{t(label)}</span>
      </NavLink>
    </li>
  ));
}

/** From 1024 px: the whole navigation with its words. */
export function Sidebar() {
  const { t } = useI18n();
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky top-0 flex h-dvh w-60 shrink-0 flex-col overflow-y-auto border-e border-line bg-surface px-3"
    >
      <div className="flex h-16 shrink-0 items-center">
        <OrganizationName />
      </div>
      <ul className="flex flex-col gap-1 py-2">
        <Links className="min-h-10 gap-3 px-3 text-sm" />
      </ul>
    </nav>
  );
}

/** 768 to 1023 px: icons with a small word each. */
export function Rail() {
  const { t } = useI18n();
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky top-0 flex h-dvh w-24 shrink-0 flex-col overflow-y-auto border-e border-line bg-surface px-1.5"
    >
      <div className="flex h-16 shrink-0 items-center justify-center">
        <OrganizationMark />
      </div>
      <ul className="flex flex-col gap-1 py-2">
        <Links className="min-h-14 flex-col justify-center gap-1 px-1 text-xs" />
      </ul>
    </nav>
  );
}

/** Up to 767 px: tabs under the thumb. */
export function BottomTabs() {
  const { t } = useI18n();
  return (
    <nav
      aria-label={t("nav.label")}
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="flex px-1 py-1">
        <Links
          className="min-h-14 flex-col justify-center gap-1 px-0.5 text-[0.6875rem] aria-[current=page]:bg-transparent"
          iconClass="size-5.5"
        />
      </ul>
    </nav>
  );
}
