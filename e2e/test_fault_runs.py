"""A few runs of each fault of `bench/faults`: what was recorded is what is stored, once."""

import sys
from collections.abc import Iterator

import pytest
from bench.faults import faults, rig
from bench.faults.rig import Rig
from bench.faults.victims import Victim

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, limits a process")

# Of this one, the network in the browser is cut for a few seconds only.
SEED = 91
# The kill of the database comes last: Procrastinate's worker needs half a minute after it.
ON_ONE_PRODUCT = [
    "web-kill",
    "worker-kill",
    "network-cut",
    "file-limit",
    "twice",
    "tokens",
    "session-expiry",
    "two-servers",
    *(name for name, fault in faults.FAULTS.items() if fault.browser),
    "database-kill",
]


@pytest.fixture(scope="module")
def hurt() -> Iterator[Rig]:
    """Yield a product on a PostgreSQL of its own, which may be killed."""
    with rig.running() as made:
        yield made


def assert_all_arrived(name: str, made: Rig, victim: Victim | None) -> None:
    """Do a run with a browser, or two answers at once: a fault that reaches neither is no run."""
    runs = 1 if faults.FAULTS[name].browser else 2
    done = faults.run(name, made, victim, wanted=runs, seed=SEED, at_once=runs, minutes=2)
    assert any(run.hits for run in done)
    assert [f"{run.number} at {run.moment}: {run.why}" for run in done if not run.ok] == []


@pytest.mark.parametrize("name", ON_ONE_PRODUCT)
def test_what_was_recorded_is_stored_once_whatever_happens_on_the_way(name: str, hurt: Rig) -> None:
    assert_all_arrived(name, hurt, faults.victim_of(name, hurt, faults.chance(name, SEED)))


def test_a_letter_is_delivered_once_though_the_mail_server_was_away() -> None:
    with faults.rig_for("email-down", SEED) as (made, victim):
        assert_all_arrived("email-down", made, victim)
