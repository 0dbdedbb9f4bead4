"""Measure the seconds from a candidate's stop to an answer that the reviewer can play.

    python bench/stop_to_playable.py [--seconds 30] [--answers 3]

A real browser records with a fake camera at 720p against the real product, as in e2e/. Asked for
every 20 ms: when the answer is handed in, and when its recording is ready.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from playwright.sync_api import sync_playwright
from support import scene
from support.api import Client, Invitation
from support.browsers import Browsers, Devices, Visitors
from support.candidate import Candidate
from support.waiting import until

CAMERA_SIZE = (1280, 720)


def ready(recruiter: Client, invitation: Invitation, answers: int) -> bool:
    """Tell whether so many answers of a session can be played."""
    found = recruiter.get("/api/responses/", session=invitation.session)["results"]
    states = [response["recording"]["state"] for response in found]
    return states == ["ready"] * answers


def measure(seconds: int, answers: int) -> list[float]:
    """Record answers one after another, and return what each took to become playable."""
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        with scene.running(folder / "home", folder) as product:
            recruiter = scene.make_cast(product).api()
            question = {"text": "?", "mandatory": True}
            campaign = recruiter.campaign(answer_seconds=600, questions=[question] * answers)
            invitation = recruiter.invite(campaign)
            browsers = Browsers(playwright, Devices(folder, CAMERA_SIZE))
            visitors = Visitors(browsers, product.url)
            candidate = Candidate(visitors.come("candidate"))
            candidate.arrive(invitation.link)
            candidate.begin()
            taken = []
            for number in range(1, answers + 1):
                candidate.start_answer()
                candidate.speak(seconds)
                stopped = time.monotonic()
                candidate.button("answer.stop").click()
                until("playable", lambda n=number: ready(recruiter, invitation, n), 60)
                taken.append(time.monotonic() - stopped)
                if number < answers:
                    candidate.button("between.next").click()
            browsers.close()
    return taken


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--answers", type=int, default=3)
    options = parser.parse_args()
    taken = measure(options.seconds, options.answers)
    each = ", ".join(f"{one:.2f}" for one in taken)
    result = f"stop to playable, answers of {options.seconds} s: {each} s; "
    result += f"median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s"
    print(result)  # noqa: T201 -- its result


if __name__ == "__main__":
    main()
