import { CircleUserRound, LogOut } from "lucide-react";
import { Button } from "react-aria-components";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { signOut } from "@/api/auth";
import { useUpdateMe } from "@/api/me";
import { useI18n } from "@/features/shared/i18n";
import { useMember } from "@/features/shared/member";
import { Avatar } from "@/features/shared/person";
import { LanguageMenu, ThemeMenu } from "@/features/shared/preferences";
import { Menu, MenuItem } from "@/ui/menu";
import { SearchField } from "@/ui/search";
import { useScreen } from "@/ui/screen";

import { OrganizationName } from "./organization";

export function Topbar() {
  const screen = useScreen();
  const updateMe = useUpdateMe();
  return (
    <header className="sticky top-0 z-10 flex h-16 items-center gap-2 border-b border-line bg-surface px-4 max-md:px-3 lg:px-8">
      <div className="min-w-0 grow">
        {screen === "mobile" ? <OrganizationName /> : <GlobalSearch />}
      </div>
      <div className="flex shrink-0 items-center">
        <ThemeMenu />
        <LanguageMenu onChoose={(language) => updateMe.mutate({ language })} />
        <UserMenu />
      </div>
    </header>
  );
}

function GlobalSearch() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const here = pathname === "/candidates";
  const search = (text: string) => {
    if (text) void navigate(`/candidates?${new URLSearchParams({ search: text })}`);
    else if (here) void navigate("/candidates");
  };
  return (
    <SearchField
      label={t("nav.search")}
      value={here ? (params.get("search") ?? "") : ""}
      onSearch={search}
      className="max-w-md"
    />
  );
}

function UserMenu() {
  const { t } = useI18n();
  const { me } = useMember();
  const navigate = useNavigate();
  const name = me.full_name || me.email;
  return (
    <Menu
      label={t("user.menu")}
      trigger={
        <Button className="relative ms-1.5 cursor-pointer rounded-full">
          <span className="sr-only">
            {t("user.menu")} – {name}
          </span>
          <Avatar name={name} />
        </Button>
      }
    >
      <MenuItem
        text={t("nav.profile")}
        icon={<CircleUserRound aria-hidden />}
        onAction={() => void navigate("/profile")}
      />
      <MenuItem
        text={t("user.signOut")}
        icon={<LogOut aria-hidden />}
        onAction={() => void signOut()}
      />
    </Menu>
  );
}
