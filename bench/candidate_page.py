"""Measure when the candidate's page can be used, on a slow network and a slow processor.

    python -m bench.candidate_page [--visits 7]

Each visit is a fresh window without a cache in Chromium, as a first visit is: slow 4G as Lighthouse
has it (1.6 Mb/s down, 750 kb/s up, 150 ms) and a processor 4 times slower. The page can be used
when the introduction's button is there and the last long task before it is over.
"""

import argparse
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from support import scene
from support.api import Client
from support.browsers import chromium
from support.words import t

from bench import installation, machine, report

BAR_SECONDS = 1.3
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
NOTE = """(words) => {
  window.usableAt = null;
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries()))
    .observe({ type: "longtask", buffered: true });
  const look = () => {
    const found = [...document.querySelectorAll("button:not(:disabled)")]
      .some((button) => button.innerText.trim() === words);
    if (found) window.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""
# A long task is told of once it is over.
FOUND = """async () => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const begun = window.longTasks.filter((task) => task.startTime <= window.usableAt);
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const files = [...performance.getEntriesByType("navigation"),
                 ...performance.getEntriesByType("resource")];
  return {
    usable: Math.max(window.usableAt, ...begun.map((task) => task.startTime + task.duration)),
    painted: paint ? paint.startTime : null,
    before: files.filter((file) => file.responseEnd <= window.usableAt)
                 .reduce((sum, file) => sum + file.transferSize, 0),
  };
}"""


def visit(browser: Browser, recruiter: Client, words: str) -> dict[str, Any]:
    """Open a new candidate's link for the first time; return times in ms and bytes."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_4G)
    network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({NOTE})({words!r})")
    page.goto(recruiter.invite(recruiter.campaign()).link)
    page.wait_for_function("() => window.usableAt !== null", timeout=30_000)
    found: dict[str, Any] = page.evaluate(FOUND)
    context.close()
    return found


def measure(folder: Path, visits: int) -> list[dict[str, Any]]:
    """Return what each visit took."""
    with installation.running(folder) as ours, sync_playwright() as playwright:
        recruiter = scene.make_cast(ours.product).api()
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        found = [visit(browser, recruiter, t("intro.next")) for _ in range(visits)]
        browser.close()
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.candidate_page", description=__doc__)
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="one visit, to see it run")
    options = parser.parse_args()
    with machine.folder(on_disk=not options.quick) as folder:
        report.say(machine.shape(folder) + "\n")
        found = measure(folder, 1 if options.quick else options.visits)
    usable = [one["usable"] / 1000 for one in found]
    middle = report.percentile(usable, 50)
    report.table(
        ("visits", "usable p50", "worst", "first paint p50", "KB before", "bar"),
        [
            [
                str(len(found)),
                f"{middle:.2f} s",
                f"{max(usable):.2f} s",
                f"{report.percentile([one['painted'] / 1000 for one in found], 50):.2f} s",
                f"{found[0]['before'] / 1000:.0f}",
                f"{report.verdict(middle < BAR_SECONDS)} (< {BAR_SECONDS} s)",
            ]
        ],
    )
    report.say(f"load average at the end {machine.load():.2f}")


if __name__ == "__main__":
    main()
