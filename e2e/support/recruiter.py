"""What a recruiter does on the screens, found by role and by the words of the catalogues."""

import math
import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from support.browsers import Visitor
from support.words import Language, like, t

PLAYABLE_WITHIN = 20_000
NATIVE_NAMES: dict[Language, str] = {"fr": "Français", "en": "English", "ar": "العربية"}


def write(field: Locator, text: str) -> None:
    """Write key by key: in a stock Firefox Playwright's `fill` goes past React."""
    field.press_sequentially(text)


class Recruiter:
    """A recruiter at the screens, in one language."""

    def __init__(self, visitor: Visitor, language: Language = "fr") -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.language = language
        self.loads = 0
        self.page.on("load", self._count_load)

    def _count_load(self, page: Page) -> None:
        self.loads += 1

    def t(self, key: str, **values: str | int) -> str:
        return t(key, self.language, **values)

    def button(self, key: str, **values: str | int) -> Locator:
        return self.page.get_by_role("button", name=self.t(key, **values), exact=True)

    def field(self, key: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("textbox", name=self.t(key), exact=True)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/login")
        write(self.field("field.email"), email)
        write(self.page.get_by_label(self.t("field.password"), exact=True), password)
        self.button("login.submit").click()
        expect(self.page.get_by_role("main")).to_be_visible()
        expect(self.page).not_to_have_url("/login")

    def make_campaign(self, title: str, questions: Sequence[str], language: Language) -> None:
        """Write a campaign and open it."""
        self.page.goto("/campaigns")
        self.page.get_by_role("link", name=self.t("campaigns.new")).first.click()
        self.field("field.title").fill(title)
        self.field("field.introduction").fill(title)
        self._choose_language(language)
        for index, text in enumerate(questions):
            if index:
                self.button("question.add").click()
            self._question(index).get_by_role("textbox", name=self.t("question.text")).fill(text)
        self.button("action.save").click()
        self.button("campaign.open").click()
        expect(self.page.get_by_text(self.t("campaignStatus.open"), exact=True)).to_be_visible()

    def _choose_language(self, language: Language) -> None:
        label = self.t("field.interviewLanguage")
        chosen = self.page.get_by_role("button").filter(has_text=NATIVE_NAMES[self.language])
        self.page.get_by_label(label).or_(chosen).last.click()
        self.page.get_by_role("option", name=NATIVE_NAMES[language]).click()

    def _question(self, index: int) -> Locator:
        name = self.t("question.title", position=index + 1)
        return self.page.get_by_role("listitem", name=name)

    def send_invitation(self, first_name: str, last_name: str, email: str) -> Locator:
        """Invite one person from the campaign's page; return the panel with the result."""
        self.button("invite.title").first.click()
        panel = self.page.get_by_role("tabpanel")
        self.field("field.firstName", panel).fill(first_name)
        self.field("field.lastName", panel).fill(last_name)
        self.field("field.email", panel).fill(email)
        panel.get_by_role("button", name=like("invite.sendCount", self.language)).click()
        expect(panel.get_by_text(like("invite.invited", self.language))).to_be_visible()
        return panel

    def invite(self, first_name: str, last_name: str, email: str) -> str:
        """Invite one person; return the link that the result offers to copy."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        panel = self.send_invitation(first_name, last_name, email)
        panel.get_by_role("button", name=self.t("invite.copy")).click()
        expect(panel.get_by_text(self.t("copy.done")).first).to_be_visible()
        link: str = self.page.evaluate("navigator.clipboard.readText()")
        panel.get_by_role("button", name=self.t("action.done"), exact=True).click()
        return link

    def row(self, name: str) -> Locator:
        """Return a candidate's row in the list of sessions."""
        return self.page.get_by_role("row").filter(has_text=name)

    def list_sessions(self) -> None:
        """Go to the list of all interviews, as a person does: by the navigation."""
        navigation = self.page.get_by_role("navigation", name=self.t("nav.label"))
        navigation.get_by_role("link", name=self.t("nav.sessions")).click()
        heading = self.page.get_by_role("heading", name=self.t("sessions.title"), level=1)
        expect(heading).to_be_visible()

    def search_sessions(self, name: str) -> None:
        """Narrow the list of interviews to a candidate's, on whatever page they are."""
        self.page.get_by_role("searchbox", name=self.t("sessions.search")).fill(name)
        expect(self.row(name).first).to_be_visible()

    def review(self, name: str) -> None:
        """Open a candidate's interview from the list that is shown."""
        self.row(name).get_by_role("link").first.click()
        heading = self.page.get_by_role("heading", name=re.compile(name), level=1)
        expect(heading).to_be_visible()

    def show_answer(self, index: int) -> Locator:
        """Choose an answer and return its player."""
        position = index + 1
        chosen = self.page.get_by_role(
            "button", name=re.compile(rf"^{position}\. |\b{position}\. ")
        )
        chosen.click()
        player = self.page.get_by_role(
            "group", name=self.t("response.player", position=position), exact=True
        )
        expect(player).to_be_visible(timeout=PLAYABLE_WITHIN)
        return player

    def play(self, index: int) -> None:
        """Play an answer: its time runs on, and a seek to the middle lands there."""
        player = self.show_answer(index)
        player.get_by_role("button", name=self.t("player.play"), exact=True).click()
        video = player.locator("video")
        handle = video.element_handle()
        self.page.wait_for_function("(video) => video.currentTime > 0.3", arg=handle)
        middle = video.evaluate("(video) => video.duration / 2")
        assert math.isfinite(middle), "the player knows how long the answer is"
        seek = player.get_by_role("slider", name=self.t("player.seek"))
        seek.fill(str(round(middle, 1)))
        landed = "([video, middle]) => !video.seeking && Math.abs(video.currentTime - middle) < 1"
        self.page.wait_for_function(landed, arg=[handle, middle])
        self.page.wait_for_function(
            "([video, middle]) => video.currentTime > middle", arg=[handle, middle]
        )
        player.get_by_role("button", name=self.t("player.pause")).click()

    def score(self, index: int, score: int, notes: str) -> None:
        """Judge an answer, and see that it is saved."""
        self.show_answer(index)
        name = self.t("evaluation.scoreOf", score=score)
        self.page.get_by_role("radio", name=name, exact=True).check(force=True)
        write(self.page.get_by_role("textbox", name=self.t("evaluation.notes")), notes)
        self.button("action.save").click()
        expect(self.page.get_by_text(like("evaluation.saved", self.language))).to_be_visible()
