import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import { setScreen, speak, visit } from "@/test/app";
import { me, organization } from "@/test/data";
import { signedIn, world } from "@/test/handlers";
import { server } from "@/test/server";

const PLACES = ["Accueil", "Campagnes", "Entretiens", "Candidats", "Profil"];

describe("the shell", () => {
  it.each(["desktop", "tablet", "mobile"] as const)("has every place on a %s", async (size) => {
    setScreen(size);
    server.use(...signedIn(), ...world);
    visit("/");
    const navigation = await screen.findByRole("navigation", { name: "Navigation principale" });
    const links = within(navigation).getAllByRole("link");
    expect(links.map((link) => link.textContent)).toEqual(PLACES);
  });

  it("shows tables as cards on a phone", async () => {
    setScreen("mobile");
    server.use(...signedIn(), ...world);
    visit("/sessions");
    const list = await screen.findByRole("list", { name: "Entretiens" });
    expect(within(list).getByRole("link", { name: "Nadia Roux" })).toBeVisible();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });

  it("turns around in Arabic, and remembers it", async () => {
    server.use(...signedIn(), ...world);
    const { user } = visit("/");
    await user.click(await screen.findByRole("button", { name: /Langue/ }));
    await user.click(await screen.findByRole("menuitemradio", { name: "العربية" }));
    expect(await screen.findByText("مقابلات بانتظار التقييم")).toBeVisible();
    expect(document.documentElement).toHaveAttribute("dir", "rtl");
    expect(document.cookie).toContain("jobgate-language=ar");
  });

  it("counts in Arabic as Arabic does", async () => {
    speak("ar");
    server.use(...signedIn(), ...world);
    visit("/campaigns");
    expect(await screen.findByText("3 أسئلة")).toBeVisible();
  });

  it("keeps the theme that was chosen", async () => {
    server.use(...signedIn(), ...world);
    const { user } = visit("/");
    await user.click(await screen.findByRole("button", { name: "Apparence" }));
    await user.click(await screen.findByRole("menuitemradio", { name: "Sombre" }));
    expect(document.documentElement).toHaveAttribute("data-theme", "dark");
    expect(localStorage.getItem("jobgate.theme")).toBe("dark");
  });

  it("sends each request for the chosen organisation", async () => {
    const asked: (string | null)[] = [];
    const other = { ...organization, id: "org-2", name: "Groupe Atlas" };
    localStorage.setItem("jobgate.organization", "org-2");
    const memberships = [
      { organization, role: "admin" },
      { organization: other, role: "recruiter" },
    ];
    server.use(
      http.get("/api/me/", () => HttpResponse.json({ ...me(), memberships })),
      http.get("/api/candidates/", ({ request }) => {
        asked.push(request.headers.get("X-Organization"));
        return HttpResponse.json({ next: null, previous: null, results: [] });
      }),
      ...signedIn(),
      ...world,
    );
    visit("/candidates");
    expect(await screen.findByRole("button", { name: /Groupe Atlas/ })).toBeVisible();
    await waitFor(() => expect(asked).toEqual(["org-2"]));
  });
});
