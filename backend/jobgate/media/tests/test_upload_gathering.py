"""What comes in is gathered, written at one stroke, and never more than memory is meant for."""

import errno
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from jobgate.media.upload import gathering
from jobgate.media.upload.gathering import MOST_BYTES, MOST_PARTS, Gathered


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.fixture
def gathered(file: Path) -> Iterator[Gathered]:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    gathered = Gathered(descriptor)
    yield gathered
    gathered.close()
    os.close(descriptor)


@pytest.mark.parametrize("parts", [0, 1, 3, MOST_PARTS, MOST_PARTS + 1])
def test_parts_are_written_in_their_order(gathered: Gathered, file: Path, parts: int) -> None:
    pieces = [os.urandom(number % 7) for number in range(parts)]
    for piece in pieces:
        gathered.add(piece)
    gathered.write()
    assert file.read_bytes() == b"".join(pieces)
    assert gathered.length == 0


def test_a_file_that_takes_a_part_only_is_given_the_rest(
    gathered: Gathered, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "writev", lambda descriptor, _: os.write(descriptor, b"one t"))
    for piece in (b"one ", b"two ", b"three"):
        gathered.add(piece)
    gathered.write()
    assert file.read_bytes() == b"one two three"


def test_it_is_due_when_one_or_all_together_hold_much(
    gathered: Gathered, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered.add(b"a little")
    assert not gathered.due()
    other = Gathered(gathered.descriptor)
    monkeypatch.setattr(gathering, "MOST_BYTES_OF_ALL", MOST_BYTES)
    other.add(bytes(MOST_BYTES))
    assert other.due()
    assert gathered.due()
    other.close()
    assert not gathered.due()


def test_after_a_failure_nothing_is_written_behind_the_hole(
    gathered: Gathered, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    gathered.add(b"lost")
    with monkeypatch.context() as patch:
        patch.setattr(os, "writev", full)
        with pytest.raises(OSError, match="No space"):
            gathered.write()
    gathered.add(b"later")
    with pytest.raises(OSError, match="No space"):
        gathered.finish()
    assert file.read_bytes() == b""


def test_threads_write_in_the_order_of_what_was_added(
    gathered: Gathered, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turns = os.writev, count()

    def slow(descriptor: int, parts: list[bytes]) -> int:
        time.sleep(0.002 * (next(turns) % 3))
        return real(descriptor, parts)

    monkeypatch.setattr(os, "writev", slow)
    numbers = [number.to_bytes(4, "big") for number in range(2_000)]
    with ThreadPoolExecutor(4) as pool:
        for number in numbers:
            gathered.add(number)
            pool.submit(gathered.write)
            time.sleep(0.0001)
    gathered.finish()
    assert file.read_bytes() == b"".join(numbers)
    assert gathered.length == 0


def test_what_is_closed_is_not_written_to(gathered: Gathered, file: Path) -> None:
    gathered.add(b"too late")
    gathered.close()
    gathered.write()
    assert file.read_bytes() == b""
