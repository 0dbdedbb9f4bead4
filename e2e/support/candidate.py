"""What a candidate does on the screens, found by role and by the words of the catalogues."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Request, expect

from support.browsers import Visitor
from support.words import Language, like, t

# When the browser's own recorder began and ended, by the page's clock.
NOTE_RECORDINGS = """
window.recordings = [];
window.MediaRecorder = class extends MediaRecorder {
  constructor(...given) {
    super(...given);
    const noted = { begun: 0, ended: 0 };
    this.addEventListener("start", () => {
      noted.begun = performance.now();
      window.recordings.push(noted);
    });
    const stop = this.stop.bind(this);
    this.stop = () => { noted.ended = performance.now(); stop(); };
  }
};
"""
HAS_RECORDED = "(ms) => performance.now() - window.recordings.at(-1).begun >= ms"
LENGTH = "() => { const last = window.recordings.at(-1); return last.ended - last.begun; }"
# Two shared cores, and everything is waited for by what it shows.
PATIENCE = 20_000


@dataclass
class Answer:
    """An answer as the page knows it."""

    seconds: float
    sha256: str = ""


class Candidate:
    """A candidate at the screens, in one language."""

    def __init__(
        self, visitor: Visitor, language: Language = "fr", *, records: bool = True
    ) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.language = language
        self.page.set_default_timeout(PATIENCE)
        if records:
            self.page.add_init_script(NOTE_RECORDINGS)
        self.page.on("request", self._note_submission)
        self.submissions: list[dict[str, Any]] = []
        self.answers: list[Answer] = []

    def _note_submission(self, request: Request) -> None:
        if request.url.endswith("/submit_response/") and request.post_data_json:
            self.submissions.append(request.post_data_json)

    def t(self, key: str, **values: str | int) -> str:
        return t(key, self.language, **values)

    def button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=like(key, self.language))

    def heading(self, key: str, **values: str | int) -> Locator:
        return self.page.get_by_role("heading", name=like(key, self.language, **values), level=1)

    def position(self, number: int) -> Locator:
        """Return the line that says which question this is."""
        return self.page.get_by_text(like("question.position", self.language, position=number))

    def arrive(self, link: str) -> None:
        """Open the link and see the introduction."""
        self.page.goto(link)
        expect(self.heading("intro.title")).to_be_visible()

    def consent(self) -> None:
        """Read on, and agree to be recorded."""
        self.button("intro.next").click()
        self.page.get_by_role("checkbox").check()
        self.button("notice.next").click()
        expect(self.heading("devices.title")).to_be_visible()

    def test_devices(self) -> None:
        """Open camera and microphone, see and hear oneself."""
        self.button("devices.open").click()
        preview = self.page.get_by_label(self.t("preview.label"), exact=True)
        expect(preview).to_be_visible()
        self.page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")

    def practise(self, seconds: float) -> None:
        """Record an answer that does not count, and see it."""
        self.button("practice.offer").click()
        self.button("practice.begin").click()
        expect(self.button("practice.stop")).to_be_visible(timeout=PATIENCE)
        self.speak(seconds)
        self.button("practice.stop").click()
        expect(self.page.get_by_label(self.t("playback.label"))).to_be_visible()

    def begin(self) -> None:
        """Do all that comes before the first question."""
        self.consent()
        self.test_devices()
        self.ready()

    def ready(self) -> None:
        """Go from the test of the devices to the next question."""
        self.button("devices.ready").click()
        expect(self.page.get_by_role("timer")).to_be_visible()

    def start_answer(self) -> None:
        """Begin to speak before the preparation is over."""
        self.button("preparation.begin").click()
        expect(self.button("answer.stop")).to_be_visible(timeout=PATIENCE)

    def speak(self, seconds: float) -> None:
        """Let the recording run for some seconds."""
        self.page.wait_for_function(
            HAS_RECORDED, arg=seconds * 1000, timeout=seconds * 1000 + PATIENCE
        )

    def stop(self) -> Answer:
        """End the answer, and stay on the page that follows it."""
        self.button("answer.stop").click()
        expect(self.heading("between.candidate.title")).to_be_visible(timeout=PATIENCE)
        self.answers.append(Answer(self.page.evaluate(LENGTH) / 1000))
        return self.answers[-1]

    def answer(self, seconds: float) -> Answer:
        """Answer the question, and go on to what comes next."""
        self.start_answer()
        self.speak(seconds)
        answer = self.stop()
        self.button("between.next").or_(self.button("between.toSummary")).click()
        return answer

    def send(self) -> None:
        """Send an answer that is not recorded."""
        self.button("write.send").click()
        expect(self.heading("between.written.title")).to_be_visible(timeout=PATIENCE)

    def write(self, words: str) -> None:
        """Answer in writing."""
        self.page.get_by_role("textbox", name=self.t("write.label")).fill(words)
        self.send()

    def ask_team(self, words: str) -> None:
        """Ask the company something, beside the answers."""
        self.page.get_by_role("textbox", name=self.t("team.title")).fill(words)
        self.button("team.send").click()
        expect(self.page.get_by_text(self.t("team.sent"))).to_be_visible()

    def rate(self, score: int) -> None:
        """Say how it was."""
        self.page.get_by_role("radio", name=self.t(f"rating.{score}"), exact=True).check()
        self.button("rating.send").click()
        expect(self.page.get_by_text(self.t("rating.thanks"))).to_be_visible()

    def withdraw(self) -> None:
        """Leave, and say so twice."""
        self.button("withdraw.open").click()
        self.button("withdraw.yes").click()
        expect(self.heading("own.withdrawn.title")).to_be_visible()

    def confirm(self) -> None:
        """Hand everything in, and be thanked."""
        self.button("summary.submit").click()
        self.page.get_by_role("dialog").get_by_role(
            "button", name=self.t("summary.confirmYes"), exact=True
        ).click()
        expect(self.heading("done.title")).to_be_visible(timeout=PATIENCE)
        for answer, sent in zip(self.answers, self.submissions, strict=False):
            answer.sha256 = sent["sha256"]
