import { CircleUserRound, House, type LucideIcon, Megaphone, Users, Video } from "lucide-react";

import type { RecruiterKey } from "@/features/shared/i18n";

interface Place {
  to: string;
  label: RecruiterKey;
  icon: LucideIcon;
}

export const PLACES: readonly Place[] = [
  { to: "/", label: "nav.home", icon: House },
  { to: "/campaigns", label: "nav.campaigns", icon: Megaphone },
  { to: "/sessions", label: "nav.sessions", icon: Video },
  { to: "/candidates", label: "nav.candidates", icon: Users },
  { to: "/profile", label: "nav.profile", icon: CircleUserRound },
];
