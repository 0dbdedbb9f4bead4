"""Watch and hold the states of recordings, from inside the database.

A trigger notes every committed change; and it waits for whoever holds the gate of a state, so that
a test can stop the product in the middle of a change.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from support import database
from support.waiting import until

GATES = {"received": 1, "verified": 2, "ready": 3}
WATCH = """
CREATE TABLE e2e_transitions (id serial, recording_id uuid, state text);
CREATE FUNCTION e2e_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(
    CASE NEW.state WHEN 'received' THEN 1 WHEN 'verified' THEN 2 WHEN 'ready' THEN 3 ELSE 0 END);
  INSERT INTO e2e_transitions (recording_id, state) VALUES (NEW.id, NEW.state);
  RETURN NEW;
END $$;
CREATE TRIGGER e2e_note BEFORE UPDATE OF state ON media_recording FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION e2e_note();
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def install() -> None:
    """Begin to watch."""
    with database.connect(database.name()) as connection:
        connection.execute(WATCH)


def of(recording: str) -> list[str]:
    """Return the states that a recording entered, in order."""
    query = "SELECT state FROM e2e_transitions WHERE recording_id = %s ORDER BY id"
    return [state for [state] in database.rows(query, recording)]


@contextmanager
def held_before(state: str) -> Iterator[None]:
    """Let no recording enter a state while this lasts."""
    with database.connect(database.name()) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [GATES[state]])
        yield


def waiters_are(number: int) -> None:
    """Wait until so many changes stand before held gates."""
    until("changes at the gates", lambda: database.value(WAITING) == number)
