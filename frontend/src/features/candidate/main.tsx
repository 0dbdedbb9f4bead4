import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { I18nProvider, preferredLanguage, useCatalogue } from "@/lib/i18n";
import { browserParts, checkSupport, claimTab } from "@/recorder";
import "@/ui/tokens.css";

import { loadCatalogue } from "./catalogue";
import { ControllerContext } from "./context";
import { opening } from "./early";
import { publicToken } from "./join/address";
import { InterviewApi } from "./model/api";
import { InterviewController } from "./model/controller";
import { EventLog } from "./model/eventLog";
import { Page } from "./page";
import { watchPage } from "./watchPage";

function Root({ controller }: { controller: InterviewController }) {
  const language = useCatalogue(preferredLanguage(), loadCatalogue);
  if (!language.i18n) return null;
  return (
    <I18nProvider i18n={language.i18n} setLanguage={language.setLanguage}>
      <ControllerContext value={controller}>
        <Page />
      </ControllerContext>
    </I18nProvider>
  );
}

const fetchLater = () => import("./later");

function createController(): InterviewController {
  const api = new InterviewApi(location.hash.slice(1), opening);
  api.speak(preferredLanguage());
  const log = new EventLog();
  const support = checkSupport(browserParts());
  watchPage(log, support);
  return new InterviewController({
    api,
    log,
    support,
    media: navigator.mediaDevices,
    claimTab,
    locks: Boolean(navigator.locks),
    fetchLater,
    forgetLink: () => history.replaceState(null, "", location.pathname + location.search),
    network: window,
  });
}

const root = document.getElementById("root");
const token = publicToken(location.hash);
if (root && token !== null) {
  void import("./join/mount").then(({ mount }) => mount(root, token));
} else if (root) {
  const controller = createController();
  // What comes later does not compete with the first screen for a slow network. Where it does not
  // come, there is nothing to purge for either: the next visit does it.
  void controller
    .start()
    .then(fetchLater)
    .then(
      ({ Spool }) => Spool.purge(),
      () => undefined,
    );
  createRoot(root).render(
    <StrictMode>
      <Root controller={controller} />
    </StrictMode>,
  );
}
