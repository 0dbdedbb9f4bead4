import { Suspense, useEffect } from "react";
import { Outlet, useLocation, useNavigationType } from "react-router";

import { useI18n } from "@/features/shared/i18n";
import { useLiveUpdates } from "@/realtime/live";
import { useScreen } from "@/ui/screen";
import { Skeleton } from "@/ui/states";

import { ErrorBoundary } from "../unexpected";
import { BottomTabs, Rail, Sidebar } from "./bars";
import { Topbar } from "./topbar";

/** A new page starts at its top; "back" finds the old one where it was. */
function useStartAtTop(): void {
  const { pathname } = useLocation();
  const type = useNavigationType();
  useEffect(() => {
    if (type !== "POP") window.scrollTo(0, 0);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each new page, not only the first.
  }, [pathname, type]);
}

/** The frame around every screen, in one of three sizes. */
export function Shell() {
  const { t } = useI18n();
  const screen = useScreen();
  const { pathname } = useLocation();
  useLiveUpdates();
  useStartAtTop();
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed start-2 top-2 z-50 -translate-y-20 rounded-md bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        {t("nav.skip")}
      </a>
      {screen === "desktop" ? <Sidebar /> : null}
      {screen === "tablet" ? <Rail /> : null}
      <div className="flex min-w-0 grow flex-col">
        <Topbar />
        <main
          id="content"
          tabIndex={-1}
          className="grow px-4 pt-6 pb-12 outline-none max-md:pb-28 lg:px-8 lg:pt-8"
        >
          {/* An error inside a screen leaves the navigation standing; another screen is a new chance. */}
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<Skeleton />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {screen === "mobile" ? <BottomTabs /> : null}
    </div>
  );
}
