import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

import { visit } from "@/test/app";
import { statistics } from "@/test/data";
import { refusal, signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

beforeEach(() => server.use(...signedIn(), ...world));

const showing = (part: Partial<typeof statistics>) =>
  server.use(
    http.get("/api/campaigns/:id/statistics/", () => HttpResponse.json({ ...statistics, ...part })),
  );

it("shows figures, and behind each chart its table", async () => {
  const { user } = visit("/campaigns/campaign-1/statistics");
  expect(await screen.findByText("13 min")).toBeVisible();
  expect(screen.getByText("63 % de ceux qui ont commencé")).toBeVisible();
  const chart = within(screen.getByRole("figure", { name: "Où les candidats s’arrêtent" }));
  expect(chart.getByText("8 lus, 2 arrêts")).toBeVisible();
  await user.click(chart.getByText("En tableau"));
  const row = within(chart.getByRole("table")).getAllByRole("row")[1];
  expect(row).toHaveTextContent("8502");
  expect(screen.getAllByRole("figure")).toHaveLength(6);
});

it("keeps the opinions of a few to itself", async () => {
  showing({ satisfaction: { answers: 3, mean: null, by_score: null } });
  visit("/campaigns/campaign-1/statistics");
  expect(await screen.findByText(/Pour l’instant : 3/)).toBeVisible();
});

it("says that there is nothing to count yet", async () => {
  showing({ total: 0 });
  visit("/campaigns/campaign-1/statistics");
  expect(await screen.findByText("Pas encore de chiffres")).toBeVisible();
});

it("offers to try again", async () => {
  server.use(
    http.get("/api/campaigns/:id/statistics/", () => refusal(500, "server_error", "Panne.")),
  );
  visit("/campaigns/campaign-1/statistics");
  expect(await screen.findByRole("button", { name: "Réessayer" })).toBeVisible();
});
