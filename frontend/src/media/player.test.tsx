import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { createI18n, I18nProvider } from "@/lib/i18n";
import common from "@/locales/en/common.json";
import recruiter from "@/locales/en/recruiter.json";

import { Player } from "./player";

const i18n = createI18n("en", { ...common, ...recruiter });

function show(renew = vi.fn(async (): Promise<string | null> => "/fresh")) {
  render(
    <I18nProvider i18n={i18n} setLanguage={() => {}}>
      <Player src="/old" poster={null} durationSeconds={83} label="Answer 1" renew={renew} />
    </I18nProvider>,
  );
  const video = document.querySelector("video");
  if (!video) throw new Error("no video");
  return { video, renew, user: userEvent.setup() };
}

beforeEach(() => {
  // jsdom plays nothing: it is enough to know what was asked of it.
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(() => {});
});

describe("the player", () => {
  it("plays by its button and by the keyboard", async () => {
    const { video, user } = show();
    await user.click(screen.getByRole("button", { name: "Play" }));
    expect(video.play).toHaveBeenCalledTimes(1);
    await user.keyboard("k");
    expect(video.play).toHaveBeenCalledTimes(2);
  });

  it("knows the length of a stream without an index", () => {
    show();
    expect(screen.getByRole("slider")).toHaveAttribute("max", "83");
    expect(screen.getByText("0:00 / 1:23")).toBeInTheDocument();
  });

  it("seeks by its slider and skips by the arrows", async () => {
    const { video, user } = show();
    fireEvent.change(screen.getByRole("slider"), { target: { value: "40" } });
    expect(video.currentTime).toBe(40);
    screen.getByRole("button", { name: "Play" }).focus();
    await user.keyboard("{ArrowRight}");
    expect(video.currentTime).toBe(45);
  });

  it("goes through the speeds", async () => {
    const { video, user } = show();
    await user.click(screen.getByRole("button", { name: "Speed: 1×" }));
    fireEvent(video, new Event("ratechange"));
    expect(video.playbackRate).toBe(1.25);
    expect(screen.getByRole("button", { name: "Speed: 1.25×" })).toBeInTheDocument();
  });

  it("goes on at the same second with a fresh address when the old one ran out", async () => {
    const { video, renew } = show();
    video.currentTime = 31;
    fireEvent.error(video);
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    video.currentTime = 0;
    fireEvent.loadedMetadata(video);
    expect(video.currentTime).toBe(31);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it("gives up with a sentence when the fresh address fails too", async () => {
    const { video } = show();
    fireEvent.error(video);
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    fireEvent.error(video);
    expect(await screen.findByRole("alert")).toHaveTextContent("cannot be played");
  });
});
