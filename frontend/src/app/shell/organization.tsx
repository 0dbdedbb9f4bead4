import { ChevronsUpDown } from "lucide-react";
import { Button } from "react-aria-components";

import { chooseOrganization } from "@/api/auth";
import { useI18n } from "@/features/shared/i18n";
import { useMember } from "@/features/shared/member";
import { Menu, MenuChoice, MenuItem } from "@/ui/menu";

export function OrganizationMark() {
  const { membership } = useMember();
  return (
    <span
      aria-hidden
      className="flex size-8 shrink-0 items-center justify-center rounded-md bg-accent font-semibold text-on-accent"
    >
      {[...membership.organization.name][0]?.toUpperCase()}
    </span>
  );
}

/** Work for another organisation: everything on the page belongs to the old one, so begin anew. */
function switchTo(id: string): void {
  chooseOrganization(id);
  location.assign("/");
}

/** The organisation's name; with several memberships, the way to another one. */
export function OrganizationName() {
  const { t } = useI18n();
  const { me, membership } = useMember();
  const { id, name } = membership.organization;
  const words = (
    <>
      <OrganizationMark />
      <span className="grow truncate text-start font-semibold">{name}</span>
    </>
  );
  if (me.memberships.length < 2) {
    return <div className="flex min-w-0 items-center gap-2.5 px-2">{words}</div>;
  }
  return (
    <Menu
      label={t("organization.switch")}
      trigger={
        <Button className="relative flex min-h-11 w-full min-w-0 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-sunken">
          <span className="sr-only">{t("organization.switch")}</span>
          {words}
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-soft" />
        </Button>
      }
    >
      <MenuChoice title={t("organization.label")} selected={id} onSelect={switchTo}>
        {me.memberships.map(({ organization }) => (
          <MenuItem key={organization.id} id={organization.id} text={organization.name} />
        ))}
      </MenuChoice>
    </Menu>
  );
}
