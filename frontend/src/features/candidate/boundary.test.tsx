import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { I18nProvider, useCatalogue } from "@/lib/i18n";

import { Boundary } from "./boundary";
import { loadCatalogue } from "./catalogue";
import { ControllerContext } from "./context";
import type { InterviewController } from "./model/controller";

const screenFailed = vi.fn<(error: unknown) => void>();

function Faulty(): never {
  throw new Error("a fault in a screen");
}

function Root() {
  const { i18n, setLanguage } = useCatalogue("fr", loadCatalogue);
  if (!i18n) return null;
  return (
    <I18nProvider i18n={i18n} setLanguage={setLanguage}>
      <ControllerContext value={{ screenFailed } as unknown as InterviewController}>
        <Boundary>
          <Faulty />
        </Boundary>
      </ControllerContext>
    </I18nProvider>
  );
}

it("shows words and a way on when a screen fails, and tells the log", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  render(<Root />);
  expect(
    await screen.findByRole("heading", { name: "Quelque chose n’a pas fonctionné" }),
  ).toBeVisible();
  expect(screen.getByRole("button", { name: "Réessayer" })).toBeEnabled();
  expect(screenFailed).toHaveBeenCalledWith(new Error("a fault in a screen"));
});
