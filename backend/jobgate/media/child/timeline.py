"""Put right timestamps that lie: damage can throw a few packets hours ahead of their neighbours."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median_low


def lies(stamps: Sequence[int], tolerance: int) -> bool:
    """Tell whether time runs backwards by more than `tolerance`: some of the stamps are wrong."""
    return any(later < earlier - tolerance for earlier, later in pairwise(stamps))


def repaired(stamps: Sequence[int], longest_gap: float = inf) -> list[int]:
    """Return rising times for packets in the order of their file.

    The largest set of stamps that agree in their order is kept. The others follow their
    predecessor at the usual distance, and so does what lies behind a gap over `longest_gap`.
    """
    usual = usual_step(stamps)
    kept = agreeing(stamps)
    shift, times = 0, []
    last = first_time(stamps, kept, usual) - usual
    for index, stamp in enumerate(stamps):
        time = stamp - shift if index in kept else last + usual
        if time - last > longest_gap:
            shift += time - last - usual
            time = last + usual
        last = max(time, last + 1)
        times.append(last)
    return times


def first_time(stamps: Sequence[int], kept: set[int], usual: int) -> int:
    """Return when the first packet begins, counted back from the first that can be trusted."""
    index = min(kept)
    return stamps[index] - index * usual


def usual_step(stamps: Sequence[int]) -> int:
    steps = [later - earlier for earlier, later in pairwise(stamps) if later > earlier]
    return median_low(steps) if steps else 1


def agreeing(stamps: Sequence[int]) -> set[int]:
    """Return the places of a longest non-decreasing subsequence (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for index, stamp in enumerate(stamps):
        pile = bisect_right(tops, stamp)
        before.append(places[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [stamp]
        places[pile : pile + 1] = [index]
    place = places[-1] if places else -1
    found = set()
    while place >= 0:
        found.add(place)
        place = before[place]
    return found
