"""What candidates see when device or line is not up to it: sound alone, warnings."""

from playwright.sync_api import Page, expect

from support.candidate import Candidate
from support.screen import screen
from support.stage import Stage

NO_ROOM = "StorageManager.prototype.estimate = async () => ({ quota: 1_000_000, usage: 0 });"
SAVES_DATA = """Object.defineProperty(navigator, "connection",
  { value: { saveData: true, effectiveType: "3g" }, configurable: true });"""
# A camera whose picture stands still as soon as the test says so.
FREEZES = """
window.frozen = false;
window.opened = 0;
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const real = await ask(wanted);
  window.opened += 1;
  window.frozen = false;
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const brush = canvas.getContext("2d");
  let hue = 0;
  setInterval(() => {
    if (window.frozen) return;
    brush.fillStyle = `hsl(${hue = (hue + 7) % 360} 60% 50%)`;
    brush.fillRect(0, 0, 640, 480);
  }, 40);
  return new MediaStream([...canvas.captureStream(25).getTracks(), ...real.getAudioTracks()]);
};
"""


def at_sound_question(stage: Stage) -> Candidate:
    """Return a candidate without a camera, who is asked whether sound alone will do."""
    arrived = stage.candidate("sound-only")
    arrived.consent()
    arrived.button("devices.open").click()
    expect(arrived.heading("device.no_camera.title")).to_be_visible()
    arrived.button("sound.offer").click()
    expect(arrived.heading("sound.title")).to_be_visible()
    return arrived


@screen
def devices_no_camera(stage: Stage) -> Page:
    arrived = stage.candidate("sound-only")
    arrived.consent()
    arrived.button("devices.open").click()
    expect(arrived.button("sound.offer")).to_be_visible()
    return arrived.page


@screen
def sound_question(stage: Stage) -> Page:
    return at_sound_question(stage).page


def with_sound_only(stage: Stage) -> Candidate:
    arrived = at_sound_question(stage)
    arrived.button("sound.yes").click()
    expect(arrived.page.get_by_text(arrived.t("sound.panel"))).to_be_visible()
    return arrived


@screen
def devices_sound_only(stage: Stage) -> Page:
    return with_sound_only(stage).page


@screen
def answering_sound_only(stage: Stage) -> Page:
    arrived = with_sound_only(stage)
    arrived.ready()
    arrived.start_answer()
    return arrived.page


def _arrive_with(stage: Stage, script: str) -> Candidate:
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.page.add_init_script(script)
    arrived.arrive(stage.invitation().link)
    arrived.begin()
    return arrived


@screen
def preparation_warned(stage: Stage) -> Page:
    """Show every warning before an answer: a full device, a slow and metered line."""
    arrived = _arrive_with(stage, NO_ROOM + SAVES_DATA)
    for key in ("storage.low", "line.slow", "line.metered"):
        expect(arrived.page.get_by_text(arrived.t(key))).to_be_visible()
    return arrived.page


@screen
def answering_warned(stage: Stage) -> Page:
    """Show what an answer is told on the way: a frozen picture, a page that stood still."""
    arrived = _arrive_with(stage, FREEZES)
    arrived.start_answer()
    arrived.page.evaluate("document.dispatchEvent(new Event('freeze'))")
    arrived.page.evaluate("window.frozen = true")
    expect(arrived.page.get_by_text(arrived.t("answer.pictureFrozen"))).to_be_visible()
    return arrived.page


@screen
def permission_withdrawn(stage: Stage) -> Page:
    """Take the permission back in mid-answer."""
    visitor = stage.visitors.come(
        "candidate", mood="asked", language=stage.language, permissions=["camera", "microphone"]
    )
    arrived = Candidate(visitor, stage.language)
    arrived.arrive(stage.invitation().link)
    arrived.begin()
    arrived.start_answer()
    arrived.speak(1)
    visitor.context.clear_permissions()
    expect(arrived.heading("between.permission_withdrawn.title")).to_be_visible()
    return arrived.page


@screen
def practice(stage: Stage) -> Page:
    """Show a practice answer that was just recorded."""
    arrived = stage.candidate()
    arrived.consent()
    arrived.test_devices()
    arrived.practise(1)
    return arrived.page


@screen
def answering_offline(stage: Stage) -> Page:
    """Cut the connection in mid-answer."""
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.arrive(stage.invitation().link)
    arrived.begin()
    arrived.start_answer()
    arrived.speak(1)
    arrived.visitor.watch.may_lose_server = True
    arrived.visitor.context.set_offline(True)
    expect(arrived.page.get_by_text(arrived.t("answer.goesOn"))).to_be_visible()
    return arrived.page
