"""Print figures as they go into the documents."""

import statistics
from collections.abc import Sequence


def say(line: str = "") -> None:
    print(line, flush=True)  # noqa: T201 -- its result


def table(head: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> None:
    """Print a Markdown table, or its beginning."""
    for row in (head, ["---"] * len(head), *rows):
        line(row)


def line(row: Sequence[str]) -> None:
    """Print a line of a table."""
    say(f"| {' | '.join(row)} |")


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, and the least and the most in brackets."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f}–{most:.{digits}f})"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the least value that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def verdict(good: bool) -> str:
    return "yes" if good else "**no**"
