import { act, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { type ReactNode, useLayoutEffect } from "react";
import {
  type Location,
  MemoryRouter,
  type NavigateFunction,
  useLocation,
  useNavigate,
} from "react-router";
import { afterEach, beforeEach } from "vitest";

import { signOut } from "@/api/auth";
import { App } from "@/app/app";

import { server } from "./server";

const WIDTHS = { mobile: 390, tablet: 800, desktop: 1280 };

/** jsdom has no layout: answer min-width questions as a window of this width would. */
export function setScreen(screen: keyof typeof WIDTHS): void {
  const matches = (query: string) =>
    WIDTHS[screen] >= Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Infinity);
  window.matchMedia = (query) =>
    Object.assign(new EventTarget(), { matches: matches(query), media: query }) as MediaQueryList;
}

export const speak = (language: string) => {
  // oxlint-disable-next-line unicorn/no-document-cookie -- as the page itself does.
  document.cookie = `jobgate-language=${language}; path=/`;
};

beforeEach(() => {
  setScreen("desktop");
  speak("fr");
});

// The access token lives in a module: nobody stays signed in from one test to the next.
afterEach(async () => {
  server.use(http.post("/api/token/logout/", () => new HttpResponse(null, { status: 204 })));
  await signOut();
});

interface Place {
  location: Location;
  navigate: NavigateFunction;
}

/** Tell the test where the app is, and let it go elsewhere. */
function Probe({ onPlace }: { onPlace(place: Place): void }) {
  const location = useLocation();
  const navigate = useNavigate();
  useLayoutEffect(() => onPlace({ location, navigate }));
  return null;
}

/** Open the app at an address. */
export function visit(address: string) {
  let place: Place | undefined;
  const onPlace = (next: Place) => {
    place = next;
  };
  const Router = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[address]}>
      <Probe onPlace={onPlace} />
      {children}
    </MemoryRouter>
  );
  render(<App router={Router} />);
  return {
    user: userEvent.setup({ delay: null }),
    address: () => place?.location,
    go: (to: string) => act(() => place?.navigate(to)),
  };
}
