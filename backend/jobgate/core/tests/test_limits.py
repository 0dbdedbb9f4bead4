"""How often something may be begun."""

import pytest

from jobgate.core.errors import TooManyRequests
from jobgate.core.limits import Limiter


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_starts_may_come_at_once_and_come_back_one_by_one() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    for _ in range(3):
        limiter.check("a", 3)
    with pytest.raises(TooManyRequests) as refused:
        limiter.check("a", 3)
    assert refused.value.retry_after == 20

    clock.now += 20
    limiter.check("a", 3)
    with pytest.raises(TooManyRequests):
        limiter.check("a", 3)


def test_whoever_waits_as_told_is_let_in() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    for _ in range(200):
        try:
            limiter.check("a", 7)
        except TooManyRequests as refused:
            clock.now += refused.retry_after
            limiter.check("a", 7)


def test_one_key_does_not_pay_for_another() -> None:
    limiter = Limiter(clock=Clock())
    limiter.check("a", 1)
    limiter.check("b", 1)
    with pytest.raises(TooManyRequests):
        limiter.check("a", 1)


def test_nothing_is_limited_at_zero() -> None:
    limiter = Limiter(clock=Clock())
    for _ in range(100):
        limiter.check("a", 0)
    assert len(limiter) == 0


def test_the_table_stays_small_and_forgets_the_quiet_ones() -> None:
    limiter = Limiter(keys=2, clock=Clock())
    for key in ("a", "b", "a", "c"):
        limiter.check(key, 2)
    assert len(limiter) == 2
    with pytest.raises(TooManyRequests):
        limiter.check("a", 2)
