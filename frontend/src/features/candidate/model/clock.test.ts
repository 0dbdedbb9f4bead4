import { expect, it } from "vitest";

import { ServerClock } from "./clock";

const SERVER = "2026-11-20T12:00:00Z";

it("tells the server's time, whatever the device's clock says", () => {
  const clock = new ServerClock();
  const now = performance.now();
  clock.learn(SERVER, now - 50, now + 50);
  expect(Math.abs(clock.now() - Date.parse(SERVER))).toBeLessThan(100);
});

it("trusts the quickest answer, and no nonsense", () => {
  const clock = new ServerClock();
  const now = performance.now();
  clock.learn(SERVER, now - 10, now);
  clock.learn("2026-11-20T13:00:00Z", now - 4000, now);
  clock.learn("not a time", now, now);
  expect(Math.abs(clock.now() - Date.parse(SERVER))).toBeLessThan(1000);
});
