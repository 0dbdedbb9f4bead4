import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { createI18n, I18nProvider } from "@/lib/i18n";
import common from "@/locales/en/common.json";
import recruiter from "@/locales/en/recruiter.json";

import type { Media } from "./media";
import { Player } from "./player";

const i18n = createI18n("en", { ...common, ...recruiter });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const media = (part: Partial<Media> = {}): Media => ({
  src: "/old",
  poster: null,
  storyboard: null,
  captions: [],
  expiresAt: inMinutes(10),
  durationSeconds: 83,
  hasVideo: true,
  playsEverywhere: true,
  waveform: null,
  loudnessLufs: null,
  peakDbfs: null,
  ...part,
});

const renewed = () => media({ src: "/fresh", expiresAt: inMinutes(20) });

function show(
  part: Partial<Media> = {},
  renew = vi.fn(async (): Promise<Media | null> => renewed()),
) {
  const page = (of: Media) => (
    <I18nProvider i18n={i18n} setLanguage={() => {}}>
      <Player media={of} label="Answer 1" renew={renew} />
    </I18nProvider>
  );
  const { rerender, unmount } = render(page(media(part)));
  const video = document.querySelector("video");
  if (!video) throw new Error("no video");
  const offer = (next: Partial<Media>) => rerender(page(media(next)));
  return { video, renew, unmount, offer, user: userEvent.setup() };
}

const button = (name: string) => screen.getByRole("button", { name });

/** Let an element say that it plays: jsdom's never does. */
function playing(video: HTMLVideoElement, isPlaying = true) {
  Object.defineProperty(video, "paused", { configurable: true, value: !isPlaying });
  fireEvent(video, new Event(isPlaying ? "play" : "pause"));
}

function failing(video: HTMLVideoElement, code: number) {
  Object.defineProperty(video, "error", { configurable: true, value: { code } });
  fireEvent.error(video);
}

beforeEach(() => {
  // jsdom plays nothing: it is enough to know what was asked of it.
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(() => {});
  vi.spyOn(HTMLMediaElement.prototype, "load").mockImplementation(() => {});
  vi.stubGlobal("MediaError", { MEDIA_ERR_DECODE: 3, MEDIA_ERR_SRC_NOT_SUPPORTED: 4 });
});

describe("the player", () => {
  it("plays by its button, by the keyboard and by a click on the picture", async () => {
    const { video, user } = show();
    await user.click(button("Play"));
    await user.keyboard("k");
    await user.click(video);
    expect(video.play).toHaveBeenCalledTimes(3);
  });

  it("knows the length of a stream without an index", () => {
    show();
    expect(screen.getByRole("slider", { name: "Position in the video" })).toHaveAttribute(
      "max",
      "83",
    );
    expect(screen.getByText("0:00 / 1:23")).toBeInTheDocument();
  });

  it("says its place in words", () => {
    const { video } = show();
    video.currentTime = 62;
    fireEvent(video, new Event("timeupdate"));
    expect(screen.getByRole("slider", { name: /Position/ })).toHaveAttribute(
      "aria-valuetext",
      "1 minute and 2 seconds of 1 minute and 23 seconds",
    );
  });

  it("seeks by its slider, and by every key that players share", async () => {
    const { video, user } = show();
    fireEvent.change(screen.getByRole("slider", { name: /Position/ }), { target: { value: "40" } });
    button("Play").focus();
    const seconds: number[] = [];
    for (const key of ["{ArrowRight}", "{ArrowLeft}", "l", "j", "5", "{End}", "{Home}"]) {
      await user.keyboard(key);
      seconds.push(video.currentTime);
    }
    expect(seconds).toEqual([45, 40, 50, 40, 41.5, 83, 0]);
  });

  it("leaves keys alone that are meant for a control, or for the browser", async () => {
    const { video, user } = show();
    button("Play").focus();
    await user.keyboard(" ");
    expect(video.play).toHaveBeenCalledTimes(1);
    await user.keyboard("{Control>}l{/Control}");
    screen.getByRole("slider", { name: "Volume" }).focus();
    await user.keyboard("{ArrowRight}");
    expect(video.currentTime).toBe(0);
  });

  it("plays at the speed that a person chose, in the next answer too", async () => {
    const { video, user, unmount } = show();
    await user.click(button("Speed: 1×"));
    await user.click(screen.getByRole("menuitemradio", { name: "1.75×" }));
    expect(video.playbackRate).toBe(1.75);
    expect(video.preservesPitch).toBe(true);
    button("Speed: 1.75×").focus();
    await user.keyboard("<");
    expect(button("Speed: 1.5×")).toBeInTheDocument();
    unmount();
    expect(show().video.playbackRate).toBe(1.5);
  });

  it("is muted and made softer, by keys too", async () => {
    const { video, user } = show();
    await user.click(button("Mute"));
    expect(video.muted).toBe(true);
    await user.keyboard("m{ArrowDown}{ArrowDown}");
    expect([video.muted, video.volume]).toEqual([false, 0.9]);
  });

  it("lists its keys", async () => {
    const { user } = show();
    button("Play").focus();
    await user.keyboard("?");
    const help = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(help).getByText("10 seconds back, forward")).toBeVisible();
  });
});

describe("captions", () => {
  const captions = [
    { url: "/fr.vtt", language: "fr", label: "Français" },
    { url: "/en.vtt", language: "en", label: "English" },
  ];

  /** jsdom makes no text tracks. */
  const withTracks = (video: HTMLVideoElement) => {
    const tracks = captions.map(({ language }) => ({ language, mode: "disabled" }));
    Object.defineProperty(video, "textTracks", { value: tracks });
    return () => Object.fromEntries(tracks.map(({ language, mode }) => [language, mode]));
  };

  it("come in the reader's language when they are asked for", async () => {
    const { video, user } = show({ captions });
    const modes = withTracks(video);
    await user.click(button("Captions"));
    expect(modes()).toEqual({ fr: "disabled", en: "showing" });
    expect(button("Captions")).toHaveAttribute("aria-pressed", "true");
    await user.keyboard("c");
    expect(modes()).toEqual({ fr: "disabled", en: "disabled" });
  });

  it("come in another language that was chosen", async () => {
    const { video, user } = show({ captions });
    const modes = withTracks(video);
    await user.click(button("Player settings"));
    await user.click(screen.getByRole("menuitemradio", { name: "Français" }));
    expect(modes()).toEqual({ fr: "showing", en: "disabled" });
  });

  it("have no button where there are none", () => {
    show();
    expect(screen.queryByRole("button", { name: "Captions" })).toBeNull();
  });
});

describe("an address that ends", () => {
  it("goes on at the same second with a fresh one", async () => {
    const { video, renew } = show();
    video.currentTime = 31;
    fireEvent.error(video);
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    video.currentTime = 0;
    fireEvent.loadedMetadata(video);
    expect(video.currentTime).toBe(31);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it("is renewed ahead of its end, and changed when the paused answer goes on", async () => {
    vi.useFakeTimers();
    try {
      const { video, renew } = show();
      video.currentTime = 31;
      await act(() => vi.advanceTimersByTimeAsync(9 * 60_000));
      expect(renew).toHaveBeenCalledTimes(1);
      expect(video).toHaveAttribute("src", "/old");
      await act(() => vi.advanceTimersByTimeAsync(61_000));
      await act(() => fireEvent.click(button("Play")));
      expect(video).toHaveAttribute("src", "/fresh");
      expect(video.play).not.toHaveBeenCalled();
      video.currentTime = 0;
      fireEvent.loadedMetadata(video);
      expect(video.currentTime).toBe(31);
      expect(video.play).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is asked for again when a first asking ahead of its end failed", async () => {
    vi.useFakeTimers();
    try {
      const { renew } = show();
      renew.mockResolvedValueOnce(null);
      await act(() => vi.advanceTimersByTimeAsync(9 * 60_000));
      expect(renew).toHaveBeenCalledTimes(1);
      await act(() => vi.advanceTimersByTimeAsync(30_000));
      expect(renew).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is renewed for a seek too, which lands where it was meant to", async () => {
    const { video, user } = show({ expiresAt: inMinutes(-1) });
    button("Play").focus();
    await user.keyboard("5");
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    fireEvent.loadedMetadata(video);
    expect(video.currentTime).toBe(41.5);
  });

  it("is not asked for again and again where the device's clock is wrong", async () => {
    const late = vi.fn(async () => media({ src: "/fresh", expiresAt: inMinutes(-50) }));
    const { video, user } = show({ expiresAt: inMinutes(-60) }, late);
    await user.click(button("Play"));
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    fireEvent.loadedMetadata(video);
    await user.click(button("Play"));
    await user.click(button("Play"));
    expect(late).toHaveBeenCalledTimes(1);
  });

  it("does not disturb what plays when the page brings a newer one", () => {
    const { video, offer } = show();
    offer({ src: "/newer", expiresAt: inMinutes(11) });
    expect(video).toHaveAttribute("src", "/old");
  });
});

describe("an answer that does not play", () => {
  it("is not asked for without end where each new address works for a moment", async () => {
    const { video, renew } = show();
    for (let times = 0; times < 3; times += 1) {
      failing(video, 2);
      await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
      fireEvent(video, new Event("loadedmetadata"));
    }
    expect(await screen.findByRole("alert")).toBeInTheDocument();
    expect(renew).toHaveBeenCalledOnce();
  });

  it("is given up with a sentence, and tried again when asked", async () => {
    const { video, renew, user } = show();
    fireEvent.error(video);
    await waitFor(() => expect(video).toHaveAttribute("src", "/fresh"));
    fireEvent.error(video);
    expect(await screen.findByRole("alert")).toHaveTextContent("cannot be played right now");
    await user.click(button("Try again"));
    expect(renew).toHaveBeenCalledTimes(2);
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("is said to be one for other browsers, until there is a copy for all", async () => {
    const { video, offer } = show(
      { playsEverywhere: false },
      vi.fn(async () => renewed()),
    );
    failing(video, 3);
    expect(await screen.findByRole("alert")).toHaveTextContent("This browser cannot play");
    offer({ src: "/portable", playsEverywhere: true, expiresAt: inMinutes(30) });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(video).toHaveAttribute("src", "/portable");
  });
});

describe("an answer without a picture", () => {
  const peaks = [10, 50, 20];
  const shapes = () =>
    [...document.querySelectorAll("svg[preserveAspectRatio] path")].map((path) =>
      path
        .getAttribute("d")
        ?.match(/v[\d.]+/g)
        ?.map((height) => Number(height.slice(1))),
    );

  it("shows the shape of its sound, as high as its place is", () => {
    show({ hasVideo: false, waveform: peaks });
    // In the picture and behind the bar, each once as a whole and once as far as it was played.
    expect(shapes()).toEqual(Array.from({ length: 4 }, () => [20, 100, 40]));
  });

  it("has a picture of its own until its sound was measured", () => {
    show({ hasVideo: false });
    expect(shapes()).toEqual([]);
  });
});

describe("while it loads", () => {
  it("says so once somebody waits for it", () => {
    const { video } = show();
    expect(screen.queryByRole("status")).toBeNull();
    playing(video);
    expect(screen.getByRole("status")).toHaveTextContent("Loading…");
    Object.defineProperty(video, "readyState", { value: 4 });
    fireEvent(video, new Event("playing"));
    expect(screen.queryByRole("status")).toBeNull();
  });
});
