"""Times that lie, as damage makes them; in ticks, a packet every 10."""

from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobgate.media.child import timeline

HONEST = list(range(0, 1000, 10))
HOURS = 10_000_000


def with_lies(at: range, by: int) -> list[int]:
    return [stamp + by if place in at else stamp for place, stamp in enumerate(HONEST)]


def test_honest_times_stay_as_they_are() -> None:
    assert not timeline.lies(HONEST, 5)
    assert timeline.repaired(HONEST) == HONEST


@given(st.lists(st.integers(-HOURS, HOURS), unique=True, min_size=1))
def test_uneven_times_stay_as_they_are(stamps: list[int]) -> None:
    assert timeline.repaired(sorted(stamps)) == sorted(stamps)


FIRST, ONE, SOME, LAST = range(1), range(40, 41), range(40, 60), range(99, 100)


@pytest.mark.parametrize("by", [300, HOURS])
@pytest.mark.parametrize(
    ("at", "sign"), [(FIRST, 1), (ONE, 1), (ONE, -1), (SOME, 1), (SOME, -1), (LAST, -1)]
)
def test_packets_thrown_out_of_their_order_come_back_to_their_place(
    at: range, sign: int, by: int
) -> None:
    stamps = with_lies(at, sign * by)
    assert timeline.lies(stamps, 5)
    assert timeline.repaired(stamps) == HONEST


def test_time_that_leaps_and_stays_there_is_left_unless_a_longest_gap_is_given() -> None:
    stamps = with_lies(range(40, 100), HOURS)
    assert not timeline.lies(stamps, 5)
    assert timeline.repaired(stamps) == stamps
    assert timeline.repaired(stamps, longest_gap=1000) == HONEST


def test_a_gap_that_may_be_stays() -> None:
    stamps = with_lies(range(40, 100), 700)
    assert timeline.repaired(stamps, longest_gap=1000) == stamps


@given(st.lists(st.integers(-HOURS, HOURS), min_size=1), st.sampled_from([inf, 500]))
def test_whatever_the_stamps_the_times_rise(stamps: list[int], longest_gap: float) -> None:
    times = timeline.repaired(stamps, longest_gap)
    assert len(times) == len(stamps)
    assert all(earlier < later for earlier, later in pairwise(times))
