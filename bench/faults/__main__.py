"""Run faults and print what came out, as rows of a Markdown table.

    python -m bench.faults --fault web-kill --runs 300 --seed 1 --at-once 8
    python -m bench.faults --all-protocol --runs 20

A run is repeated by its fault, seed and number; what else the machine does at that moment is not.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

from bench.faults import ROOT, faults
from bench.faults.faults import FAULTS
from bench.faults.runs import header, keep, kept, row

RESULTS = ROOT / "var" / "faults"


def main() -> int:
    """Do what is asked for; return 1 when a run failed."""
    options = arguments()
    # Its processes and file systems go with it, whoever ends it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    say(header())
    if options.table:
        for name in FAULTS:
            say(row(FAULTS[name].title, kept(options.results, name)))
        return 0
    failed = [campaign(name, options) for name in wanted(options)]
    return int(any(failed))


def wanted(options: argparse.Namespace) -> list[str]:
    """Return the names of the faults that are asked for."""
    if options.fault:
        return [options.fault]
    return [name for name, fault in FAULTS.items() if fault.browser == options.all_browser]


def campaign(name: str, options: argparse.Namespace) -> bool:
    """Do the runs of one fault and print its row; return whether one failed."""
    begun = time.monotonic()
    with faults.rig_for(name, options.seed) as (rig, victim):
        runs = faults.run(
            name,
            rig,
            victim,
            wanted=options.runs,
            seed=options.seed,
            at_once=options.at_once,
            minutes=options.minutes - (time.monotonic() - begun) / 60,
        )
    keep(options.results, runs)
    say(row(FAULTS[name].title, runs))
    for run in runs:
        if not run.ok:
            print(f"{name} {run.seed}:{run.number} {run.moment}: {run.why}", file=sys.stderr)  # noqa: T201
    return any(not run.ok for run in runs)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--fault", choices=list(FAULTS))
    which.add_argument("--all-protocol", action="store_true")
    which.add_argument("--all-browser", action="store_true")
    which.add_argument("--table", action="store_true", help="of what is in the results' folder")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=0, help="default: the fault's own")
    parser.add_argument("--minutes", type=float, default=6.0, help="begin no run later than that")
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser.parse_args()


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- its result


if __name__ == "__main__":
    sys.exit(main())
