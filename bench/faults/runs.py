"""What came out of runs: one record each, and the row of a table."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

# What has two figures has the median and the most.
TITLES = ("fault", "n", "failures", "3/n", "kills", "faults in a run", "page goes on", "playable")


@dataclass
class Run:
    """One answer on its way through one fault."""

    fault: str
    seed: int
    number: int
    # Where the fault came, or which kind of it.
    moment: str = ""
    # The session's last state; an expired one may still be called in progress.
    ends_as: str = "completed"
    ok: bool = False
    why: str = ""
    sha256: str = ""
    bytes: int = 0
    hits: int = 0
    # Which kills of the campaign these were: runs beside each other share them.
    shared: list[int] = field(default_factory=list)
    # The steps of the page, each with the seconds since the run began.
    way: list[tuple[float, str]] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    # From the first hit: to the next good answer, and to a recording that plays.
    went_on_after: float | None = None
    playable_after: float | None = None
    notes: dict[str, float | str] = field(default_factory=dict)

    def step_at(self, seconds: float) -> str:
        """Return the step that was under way so long after the run began."""
        begun = [step for at, step in self.way if at <= seconds]
        return begun[-1] if begun else "before"

    def saw(self, what: object) -> None:
        """Count an answer of the server, or the lack of one."""
        self.statuses[str(what)] = self.statuses.get(str(what), 0) + 1


def row(fault: str, runs: Sequence[Run]) -> str:
    """Return the fault's row of the Markdown table; a bound needs runs, and none that failed."""
    counted = [run for run in runs if run.hits or not run.ok]
    failures = sum(not run.ok for run in counted)
    bound = f"{3 / len(counted):.1%}" if counted and not failures else "-"
    hits = _spread([run.hits for run in counted], ".0f")
    went_on = _spread([run.went_on_after for run in counted], ".1f", " s")
    playable = _spread([run.playable_after for run in counted], ".1f", " s")
    kills = len({(run.seed, kill) for run in counted for kill in run.shared}) or "-"
    cells = (fault, len(counted), failures, bound, kills, hits, went_on, playable)
    return f"| {' | '.join(map(str, cells))} |"


def header() -> str:
    return f"| {' | '.join(TITLES)} |\n|{' --- |' * len(TITLES)}"


def _spread(values: Sequence[float | None], form: str, unit: str = "") -> str:
    known = sorted(one for one in values if one is not None)
    return f"{known[len(known) // 2]:{form}} / {known[-1]:{form}}{unit}" if known else "-"


def keep(folder: Path, runs: Sequence[Run]) -> None:
    """Append the records to the folder's files of their fault and seed, one JSON object a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for run in runs:
        file = folder / f"{run.fault}-{run.seed}.jsonl"
        with file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(run)) + "\n")


def kept(folder: Path, fault: str) -> list[Run]:
    """Return every record of a fault, of all seeds."""
    files = sorted(folder.glob(f"{fault}-[0-9]*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [Run(**json.loads(line)) for line in lines]
