"""The player of the review, in a real browser on a real recording."""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from support import scene
from support.api import CandidateClient, Client, Json
from support.browsers import Visitors
from support.product import Product
from support.recruiter import Recruiter
from support.scene import Cast
from support.stage import sign_in
from support.waiting import until
from support.words import Language

SECONDS = 24
TILES_EVERY = 5
VTT = "WEBVTT\n\n00:00.000 --> 00:20.000\n{}\n"
CAPTIONS = {
    "fr": "Bonjour, je suis Salma.",
    "ar": "مرحبًا، أنا سلمى.",
}
LABELS = {"fr": "Français", "ar": "العربية"}
KEEP_GAINS = """{
  const create = AudioContext.prototype.createGain;
  AudioContext.prototype.createGain = function () {
    return (window.gain = create.call(this));
  };
}"""


@pytest.fixture(scope="module")
def interview(product: Product, recruiter: Client, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a session whose first answer has all that a recording can have but captions."""
    invitation = recruiter.invite(recruiter.campaign())
    candidate = CandidateClient(product.url, invitation)
    candidate.consent()
    folder = tmp_path_factory.mktemp("answers")
    candidate.answer(scene.make_answer(product, folder, "long", seconds=SECONDS))

    def has_extras() -> bool:
        recording = first_recording(recruiter, invitation.session)
        return bool(recording and recording["storyboard"] and recording["waveform"])

    until("the storyboard is made", has_extras, 60)
    return invitation.session


def first_recording(recruiter: Client, session: str) -> Json | None:
    answers = recruiter.get(f"/api/sessions/{session}/")["responses"]
    recording: Json | None = answers[0]["recording"] if answers else None
    return recording


class Watching:
    """A recruiter before the player."""

    def __init__(self, person: Recruiter, session: str) -> None:
        self.person, self.page = person, person.page
        self.page.goto(f"/sessions/{session}")
        self.player = person.show_answer(0)
        self.video = self.player.locator("video")
        self.element = self.video.element_handle()
        self.seek = self.player.get_by_role("slider", name=person.t("player.seek"))
        self.until("video.readyState >= 1")

    def button(self, key: str, **values: str | int) -> Locator:
        return self.player.get_by_role("button", name=self.person.t(key, **values), exact=True)

    def until(self, condition: str) -> None:
        self.page.wait_for_function(f"(video) => {condition}", arg=self.element)

    def read(self, value: str) -> Any:
        return self.video.evaluate(f"(video) => {value}")

    def choose(self, menu: Locator, item: str | re.Pattern[str]) -> None:
        menu.click()
        self.page.get_by_role("menuitemradio", name=item, exact=True).click()
        expect(self.page.get_by_role("menu")).to_have_count(0)

    def point(self, part: float) -> None:
        """Lay the mouse on a part of the bar."""
        box = self.seek.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)


Open = Callable[..., Watching]


@pytest.fixture
def watching(visitors: Visitors, cast: Cast, interview: str) -> Open:
    def come(language: Language = "fr", prepare: Callable[[Page], None] | None = None) -> Watching:
        visitor = visitors.come("recruiter", language=language, init_script=KEEP_GAINS)
        sign_in(visitor.page, cast.logins["recruiter"], cast.password)
        if prepare:
            prepare(visitor.page)
        return Watching(Recruiter(visitor, language), interview)

    return come


def with_captions(page: Page) -> None:
    """Give every answer captions in two languages, as a transcript will."""

    def session(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for response in body["responses"]:
            response["recording"]["captions"] = [
                {"url": f"/captions/{language}.vtt", "language": language, "label": label}
                for language, label in LABELS.items()
            ]
        route.fulfill(response=answer, json=body)

    def captions(route: Route) -> None:
        language = Path(route.request.url).stem
        route.fulfill(body=VTT.format(CAPTIONS[language]), content_type="text/vtt; charset=utf-8")

    page.route(re.compile(r"/api/sessions/[0-9a-f-]{36}/$"), session)
    page.route("**/captions/*.vtt", captions)


def test_plays_and_is_sought_by_keys_and_by_pointer(watching: Open) -> None:
    at = watching()
    at.button("player.play").click()
    at.until("video.currentTime > 0.3")
    at.page.keyboard.press("k")
    at.until("video.paused")

    at.page.keyboard.press("5")
    at.until(f"!video.seeking && Math.abs(video.currentTime - {SECONDS / 2}) < 1")
    at.page.keyboard.press("ArrowRight")
    at.page.keyboard.press("l")
    at.until(f"!video.seeking && video.currentTime > {SECONDS / 2 + 10}")

    at.point(0.25)
    at.page.mouse.down()
    at.page.mouse.up()
    at.until(f"!video.seeking && Math.abs(video.currentTime - {SECONDS / 4}) < 1")
    at.page.mouse.down()
    at.point(0.5)
    # Beyond the bar the pointer keeps hold of it.
    at.page.mouse.move(0, 0)
    at.page.mouse.up()
    at.until("!video.seeking && video.currentTime === 0")

    watch = at.person.visitor.watch
    assert any(code == 206 and "/video/" in url for _, code, url in watch.statuses)


def test_goes_at_the_speed_that_was_chosen_after_a_reload_too(watching: Open) -> None:
    at = watching()
    at.choose(at.button("player.rate", rate=1), re.compile("^1,75"))
    assert at.read("[video.playbackRate, video.preservesPitch]") == [1.75, True]
    at.button("player.play").click()
    at.until("video.currentTime > 1")
    at.page.reload()
    expect(at.button("player.rate", rate="1,75")).to_be_visible()


def test_shows_the_picture_of_the_second_under_the_pointer(watching: Open) -> None:
    at = watching()
    before = at.player.bounding_box()
    with at.page.expect_response("**/storyboard/**") as fetched:
        at.point(0.02)
    assert fetched.value.ok
    tile = at.player.locator("[data-tile]")
    expect(tile).to_be_visible()
    expect(tile).to_have_css("background-image", re.compile("storyboard"))
    expect(tile).to_have_css("background-position", "0px 0px")
    at.point((TILES_EVERY + 1) / SECONDS)
    expect(tile).to_have_css("background-position", re.compile(r"^-1\d\dpx 0px$"))
    expect(at.player.get_by_text("0:06", exact=True)).to_be_visible()
    assert at.player.bounding_box() == before, "nothing moves"

    at.page.mouse.move(0, 0)
    expect(tile).to_have_count(0)
    at.button("player.play").focus()
    at.page.keyboard.press("Shift+Tab")
    expect(at.seek).to_be_focused()
    expect(tile).to_be_visible()


def test_shows_captions_in_the_readers_language_or_another(watching: Open) -> None:
    at = watching(prepare=with_captions)
    at.button("player.play").click()
    shown = "[...video.textTracks].filter(({mode}) => mode === 'showing')"
    assert at.read(f"{shown}.length") == 0
    at.button("player.captions").click()
    text = f"{shown}.map(({{activeCues}}) => activeCues[0]?.text).join()"
    at.until(f"{text} === '{CAPTIONS['fr']}'")
    at.choose(at.button("player.settings"), LABELS["ar"])
    at.until(f"{text} === '{CAPTIONS['ar']}'")
    at.page.keyboard.press("c")
    assert at.read(f"{shown}.length") == 0


def test_fills_the_screen_with_its_menus_and_its_help(watching: Open) -> None:
    at = watching()
    at.button("player.play").focus()
    at.page.keyboard.press("f")
    expect(at.button("player.leaveFullscreen")).to_be_visible()
    width, height = at.page.evaluate("[innerWidth, innerHeight]")
    box = at.player.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (width, height)
    inside = at.player.get_by_role("menuitem", name=at.person.t("player.help"))
    at.button("player.settings").click()
    expect(inside).to_be_visible()
    inside.click()
    help_ = at.player.get_by_role("dialog", name=at.person.t("player.help"))
    expect(help_).to_be_visible()
    help_.get_by_role("button", name=at.person.t("action.close")).click()
    expect(help_).to_have_count(0)
    at.page.keyboard.press("f")
    expect(at.button("player.fullscreen")).to_be_visible()


def test_plays_all_answers_equally_loud_when_asked(
    watching: Open, recruiter: Client, interview: str
) -> None:
    recording = first_recording(recruiter, interview)
    assert recording
    at = watching()
    at.choose(at.button("player.settings"), at.person.t("player.loudnessLevel"))
    at.button("player.play").click()
    at.page.wait_for_function("() => window.gain && gain.gain.value !== 1")
    gain = 20 * math.log10(at.page.evaluate("gain.gain.value"))
    wanted = min(-23 - recording["loudness_lufs"], -1 - recording["peak_dbfs"])
    assert gain == pytest.approx(wanted, abs=0.01)
    assert at.page.evaluate("gain.context.state") == "running"
    at.button("player.pause").click()
    at.choose(at.button("player.settings"), at.person.t("player.loudnessRecorded"))
    at.page.wait_for_function("() => gain.gain.value === 1")


def test_in_arabic_the_words_turn_around_and_time_does_not(watching: Open) -> None:
    at = watching("ar", with_captions)
    assert at.seek.evaluate("(bar) => getComputedStyle(bar).direction") == "ltr"
    at.button("player.play").focus()
    at.page.keyboard.press("ArrowRight")
    at.until("!video.seeking && Math.abs(video.currentTime - 5) < 1")
    at.point(0.75)
    at.page.mouse.down()
    at.page.mouse.up()
    at.until(f"!video.seeking && Math.abs(video.currentTime - {SECONDS * 3 / 4}) < 1")
    at.button("player.captions").click()
    at.until("[...video.textTracks].find(({mode}) => mode === 'showing').language === 'ar'")
    at.button("player.settings").click()
    menu = at.page.get_by_role("menu")
    assert menu.evaluate("(menu) => getComputedStyle(menu).direction") == "rtl"
