import { preferredLanguage } from "@/lib/i18n/preference";

import { loadCatalogue } from "./catalogue";
import { publicToken } from "./join/address";
import { callToOpen, exchange } from "./model/exchange";

// A part of its own, a kilobyte small: what the first screen waits for is asked for while the rest
// of the page is still on its way.
const language = preferredLanguage();

/** The session, as the link in the address opens it. */
export const opening =
  publicToken(location.hash) === null
    ? exchange(callToOpen(location.hash.slice(1)), language)
    : // A public link opens none: its page asks first who comes.
      new Promise<never>(() => undefined);
// Whoever waits for it hears of a failure.
opening.catch(() => undefined);

// Asked for before the first render, the words come with the scripts.
void loadCatalogue(language).catch(() => undefined);
