"""Short recordings of a real browser, in the codecs that candidates' browsers choose."""

import base64
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright
from support.browsers import Browsers, Devices
from support.firefox import Firefox

from bench import webm
from bench.webm import Recording

CODECS = {"H.264": "video/webm;codecs=h264,opus", "VP9": "video/webm;codecs=vp9,opus"}
SIZE = (1280, 720)
BITS_PER_SECOND = 1_500_000
RECORD = """
async ([mimeType, width, height, bits, seconds]) => {
  if (!MediaRecorder.isTypeSupported(mimeType)) return null;
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true, video: { width, height, frameRate: 30 },
  });
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: bits });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start(1000);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  recorder.stop();
  await stopped;
  stream.getTracks().forEach((track) => track.stop());
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768) {
    text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  }
  return btoa(text);
}
"""


def record(url: str, folder: Path, seconds: float) -> dict[str, Recording]:
    """Return a recording at 720p in each codec that this browser has.

    `url` is any page of the machine's own: browsers give no camera to others.
    """
    with sync_playwright() as playwright:
        browsers = browsers_of(playwright, folder)
        page = browsers.get().new_page()
        page.goto(url)
        made = {name: _record(page, codec, seconds) for name, codec in CODECS.items()}
        browsers.close()
    return {name: recording for name, recording in made.items() if recording}


def browsers_of(playwright: Playwright, folder: Path) -> Browsers:
    """Return browsers with a camera of 720p."""
    return Browsers(playwright, Devices(folder, SIZE), Firefox(playwright, folder / "firefox"))


def _record(page: Page, codec: str, seconds: float) -> Recording | None:
    encoded = page.evaluate(RECORD, [codec, *SIZE, BITS_PER_SECOND, seconds])
    return encoded and webm.take_apart(base64.b64decode(encoded))
