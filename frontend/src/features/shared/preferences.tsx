import { Globe, Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";

import { type Language, LANGUAGES, NATIVE_NAMES } from "@/lib/i18n";
import { chooseTheme, readTheme, type Theme, THEMES } from "@/lib/theme";
import { Button, IconButton } from "@/ui/button";
import { Menu, MenuChoice, MenuItem } from "@/ui/menu";

import { useI18n } from "./i18n";

const THEME_ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

export function ThemeMenu() {
  const { t } = useI18n();
  const [theme, setTheme] = useState(readTheme);
  const choose = (id: string) => {
    chooseTheme(id as Theme);
    setTheme(id as Theme);
  };
  const Icon = THEME_ICONS[theme];
  return (
    <Menu
      label={t("theme.label")}
      trigger={<IconButton label={t("theme.label")} icon={<Icon />} />}
    >
      <MenuChoice title={t("theme.label")} selected={theme} onSelect={choose}>
        {THEMES.map((id) => {
          const ItemIcon = THEME_ICONS[id];
          return (
            <MenuItem key={id} id={id} text={t(`theme.${id}`)} icon={<ItemIcon aria-hidden />} />
          );
        })}
      </MenuChoice>
    </Menu>
  );
}

export function LanguageMenu({ onChoose }: { onChoose?: (language: Language) => void }) {
  const { t, language, setLanguage } = useI18n();
  const choose = (id: string) => {
    setLanguage(id as Language);
    onChoose?.(id as Language);
  };
  const label = `${t("language.label")} – ${NATIVE_NAMES[language]}`;
  return (
    <Menu
      label={t("language.label")}
      trigger={
        <Button variant="quiet" className="relative" icon={<Globe aria-hidden />}>
          <span className="sr-only">{label}</span>
          <span className="uppercase max-md:hidden">{language}</span>
        </Button>
      }
    >
      <MenuChoice title={t("language.label")} selected={language} onSelect={choose}>
        {LANGUAGES.map((id) => (
          <MenuItem key={id} id={id} text={NATIVE_NAMES[id]} className="native-name" />
        ))}
      </MenuChoice>
    </Menu>
  );
}
