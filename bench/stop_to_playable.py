"""Measure the seconds from a candidate's stop to an answer that the reviewer can play.

    python -m bench.stop_to_playable [--seconds 90] [--answers 20] [--pace 1]
    python -m bench.stop_to_playable --seconds 600 --answers 10 --pace 2
    python -m bench.stop_to_playable --live [--seconds 30] [--answers 3]

The pieces are a real Chromium's, 720p at 1.5 Mb/s, repeated to the wanted length and sent as the
page sends them, a second's piece each second; `--pace 2` sends two seconds in one. Several answers
are under way at once, but no two end within the same few seconds: each is alone when it stops, but
for what the worker still improves on those before. Asked for every 20 ms: the recording's state.
With `--live`, candidates sit before real browsers at the real pages.
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import sync_playwright
from support import scene
from support.api import Client, Invitation, Json
from support.browsers import Visitors
from support.candidate import Candidate
from support.scene import Cast
from support.waiting import until

from bench import installation, machine, replay, report, seeds
from bench.installation import Installation
from bench.webm import Recording

QUESTION: Json = {"text": "?", "mandatory": True, "preparation_seconds": 600}
# 90 s and 600 s, and what one may expect of answers in between.
BARS = ((90, 1.0), (600, 2.0))
# A browser that takes the first offer, H.264, or must do without.
WITHOUT_H264 = """
const supports = MediaRecorder.isTypeSupported.bind(MediaRecorder);
MediaRecorder.isTypeSupported = (type) => !/h264|avc1/.test(type) && supports(type);
"""


def replays(
    ours: Installation, options: argparse.Namespace, found: dict[str, Recording]
) -> dict[str, list[float]]:
    """Give so many answers in each codec, each a few seconds after the one before."""
    people = scene.make_cast(ours.product)
    campaign = people.api().campaign(answer_seconds=600, questions=[QUESTION])
    # The last piece is that of half a second: a stop comes anywhere in one.
    seconds = options.seconds - 0.5
    pieces = {name: recording.pieces(seconds) for name, recording in found.items()}
    turns = [name for _ in range(options.answers) for name in found]
    invitations = invite(people, campaign, len(turns))

    def give(number: int) -> float:
        time.sleep(number * options.apart)
        name = turns[number]
        answer = replay.Answer(ours.product.url, invitations[number])
        reviewer = people.api("reviewer")
        return replay.play(answer, pieces[name], seconds, options.pace, reviewer)

    with ThreadPoolExecutor(len(turns)) as pool:
        taken = list(pool.map(give, range(len(turns))))
    return {
        name: [one for one, turn in zip(taken, turns, strict=True) if turn == name]
        for name in found
    }


def invite(people: Cast, campaign: Json, count: int) -> list[Invitation]:
    recruiter = people.api()
    return [recruiter.invite(campaign, email=f"{n}@example.test") for n in range(count)]


def live(ours: Installation, options: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Have a real browser record, one answer after another."""
    recruiter = scene.make_cast(ours.product).api()
    found: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browsers = seeds.browsers_of(playwright, folder)
        for name, script in (("H.264", ""), ("VP9", WITHOUT_H264)):
            visitors = Visitors(browsers, ours.product.url)
            candidate = Candidate(visitors.come("candidate", init_script=script))
            found[name] = list(sit(candidate, recruiter, options))
            visitors.leave()
        browsers.close()
    return found


def sit(candidate: Candidate, recruiter: Client, options: argparse.Namespace) -> list[float]:
    """Record answers one after another; return what each took to become playable."""
    campaign = recruiter.campaign(answer_seconds=600, questions=[QUESTION] * options.answers)
    invitation = recruiter.invite(campaign)
    candidate.arrive(invitation.link)
    candidate.begin()
    taken = []
    for number in range(1, options.answers + 1):
        candidate.start_answer()
        candidate.speak(options.seconds)
        stopped = time.monotonic()
        candidate.button("answer.stop").click()
        until("playable", lambda n=number: ready(recruiter, invitation, n), 60)  # type: ignore[misc]
        taken.append(time.monotonic() - stopped)
        if number < options.answers:
            candidate.button("between.next").click()
    return taken


def ready(recruiter: Client, invitation: Invitation, answers: int) -> bool:
    """Tell whether so many answers of a session can be played."""
    found = recruiter.get("/api/responses/", session=invitation.session)["results"]
    return [response["recording"]["state"] for response in found] == ["ready"] * answers


HEAD = ("answer", "given", "codec", "n", "p50", "p95", "worst", "bar")


def row(options: argparse.Namespace, name: str, taken: list[float]) -> list[str]:
    bar = next((bar for most, bar in BARS if options.seconds <= most), BARS[-1][1])
    p95 = report.percentile(taken, 95)
    given = "live in Chromium" if options.live else f"replayed, pace {options.pace:g}"
    return [
        f"{options.seconds:g} s",
        given,
        name,
        str(len(taken)),
        f"{report.percentile(taken, 50):.2f} s",
        f"{p95:.2f} s",
        f"{max(taken):.2f} s",
        f"{report.verdict(p95 < bar)} (< {bar:g} s)",
    ]


def main() -> None:
    """Print the table."""
    options = arguments()
    with machine.folder(on_disk=not options.quick) as folder:
        report.say(machine.shape(folder) + "\n")
        with installation.running(folder) as ours:
            if options.live:
                found = live(ours, options, folder)
            else:
                url = f"{ours.product.url}/healthz"
                recorded = seeds.record(url, folder, options.recorded)
                found = replays(ours, options, recorded)
        report.table(HEAD, [row(options, name, taken) for name, taken in found.items()])
        each = {name: [round(one, 2) for one in taken] for name, taken in found.items()}
        report.say(f"\nload average at the end {machine.load():.2f}; each: {each}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.stop_to_playable", description=__doc__)
    parser.add_argument("--seconds", type=float, help="of each answer: 90; live: 30")
    parser.add_argument("--answers", type=int, help="in each codec: 20; live: 3")
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--apart", type=float, default=5.0, help="seconds between two stops")
    parser.add_argument(
        "--recorded", type=float, default=20.0, help="seconds that Chromium records"
    )
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--quick", action="store_true", help="two short answers, to see it run")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.answers, options.apart, options.recorded = 4.0, 1, 1.0, 2.5
        options.pace = 4.0
    options.seconds = options.seconds or (30.0 if options.live else 90.0)
    options.answers = options.answers or (3 if options.live else 20)
    return options


if __name__ == "__main__":
    main()
