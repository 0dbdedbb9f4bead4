"""What only uploads into a bucket do: several app servers, one of which may be away."""

import hashlib
import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.media import services
from jobgate.media.errors import TakenOver
from jobgate.media.models import BucketUpload, Recording
from jobgate.media.storage.s3 import bucket
from jobgate.media.tests.serving import BrokenPatch
from jobgate.media.tests.upload.sending import MEBIBYTE, Start, Take, code
from jobgate.media.upload.pieces import PIECE_BYTES, YOUNG, parse, prefix_of, remove_orphans
from tests.processes import wait_until

pytestmark = [
    pytest.mark.parametrize("where", ["bucket"], indirect=True),
    pytest.mark.django_db(transaction=True),
    pytest.mark.s3,
]

PRODUCT = "jobgate.config.asgi:application"


def row_of(take: Take) -> BucketUpload:
    return BucketUpload.objects.get(recording_id=take.recording_id)


def objects(take: Take) -> list[str]:
    return list(bucket().names(prefix_of(row_of(take))))


def begun(take: Take, data: bytes, announced: int) -> BrokenPatch:
    """Begin a piece and fall silent; return when it is confirmed in the row."""
    offset = take.offset()
    unfinished = BrokenPatch(
        take.server, take.path, take.token(), offset=offset, announced=announced
    )
    unfinished.send(data)
    wait_until(lambda: row_of(take).offset == offset + len(data))
    return unfinished


@pytest.mark.parametrize("stalls", [True, False])
def test_an_upload_goes_on_at_another_server(start: Start, data: bytes, stalls: bool) -> None:
    first, second = start(application=PRODUCT), start(application=PRODUCT)
    take = Take(first)
    take.create()
    unfinished = begun(take, data[:300_000], announced=len(data))
    if stalls:
        os.killpg(first.process.pid, signal.SIGSTOP)
    else:
        first.kill()

    take.server = second
    assert take.offset() == 300_000
    assert take.patch(data[300_000:700_000], 300_000).status_code == 204
    if stalls:
        os.killpg(first.process.pid, signal.SIGCONT)
        unfinished.send_more(b"late")
        assert b"taken_over" in unfinished.answer() + unfinished.answer()
    assert take.patch(data[700_000:], 700_000).status_code == 204

    assert hashlib.sha256(take.stored()).digest() == hashlib.sha256(data).digest()


def test_two_servers_that_write_at_once_corrupt_nothing(start: Start, data: bytes) -> None:
    servers = start(application=PRODUCT), start(application=PRODUCT)
    first = Take(servers[0])
    second = Take(servers[1], first.recording_id, first.organization_id)
    first.create()

    def send_all(take: Take) -> set[int]:
        answers = set()
        while (offset := take.offset()) < len(data):
            size = random.randint(10_000, 200_000)  # noqa: S311
            answers.add(take.patch(data[offset : offset + size], offset).status_code)
        return answers

    with ThreadPoolExecutor(2) as pool:
        answers = set.union(*pool.map(send_all, (first, second)))

    assert answers <= {204, 409}
    assert first.stored() == data


@pytest.mark.parametrize("seed", range(4))
def test_whoever_comes_last_wins_and_the_others_leave_nothing_behind(
    where: str, take: Take, seed: int
) -> None:
    """Connections take an upload from one another in every order; what was confirmed stays."""
    chance = random.Random(seed)  # noqa: S311
    take.create(**{"Upload-Defer-Length": "1"})
    writers, confirmed = [take.upload().open()], b""
    for step in range(40):
        if chance.random() < 0.2:
            writers.append(take.upload().open())
        writer, piece = chance.choice(writers[-3:]), b"%d." % step * chance.randint(1, 5)
        writer.append(piece)
        if writer is writers[-1]:
            writer.sync()
            confirmed += piece
        else:
            with pytest.raises(TakenOver):
                writer.sync()
    assert take.stored() == confirmed
    assert row_of(take).offset == len(confirmed)


def test_a_long_piece_becomes_several_objects(start: Start) -> None:
    take = Take(start(UPLOAD_PIECE_SECONDS="60"), max_bytes=16 * MEBIBYTE)
    content = os.urandom(12 * MEBIBYTE)
    take.create(**{"Upload-Length": str(len(content))})
    assert take.patch(content, 0).status_code == 204

    sizes = [parse(name).length for name in objects(take)]

    assert (len(sizes), sum(sizes)) == (3, len(content))
    assert max(sizes) <= PIECE_BYTES + MEBIBYTE
    assert take.stored() == content


def test_what_came_becomes_an_object_though_its_sender_fell_silent(
    start: Start, data: bytes
) -> None:
    take = Take(start(UPLOAD_PIECE_SECONDS="1"))
    take.create()
    silent = begun(take, data[:1000], announced=len(data))
    assert take.patch(data[1000:], 1000).status_code == 204
    assert b"taken_over" in silent.answer() + silent.answer()
    assert take.stored() == data


def test_a_bucket_that_is_away_is_said_and_confirms_nothing(start: Start, data: bytes) -> None:
    take = Take(start(AWS_S3_ENDPOINT_URL="http://127.0.0.1:9"))
    take.create()
    refused = take.patch(data[:1000], 0, **{"Accept-Language": "en"})
    assert (refused.status_code, code(refused)) == (503, "storage_unavailable")
    assert int(refused.headers["Retry-After"]) > 0
    assert "try again" in refused.json()["detail"]

    take.server = start()
    assert take.offset() == 0
    assert take.patch(data, 0).status_code == 204
    assert take.stored() == data


def test_a_revocation_reaches_the_piece_under_way(take: Take, data: bytes) -> None:
    take.create()
    unfinished = begun(take, data[:1000], announced=len(data))

    with tenant_scope(take.organization_id):
        services.revoke_uploads(Recording.objects.get(pk=take.recording_id))
    unfinished.send_more(b"late")

    assert b"taken_over" in unfinished.answer() + unfinished.answer()
    assert code(take.patch(data[1000:], 1000)) == "token_revoked"
    take.generation = 2
    assert take.patch(data[1000:], 1000).status_code == 204
    assert take.stored() == data


def test_a_recording_that_is_not_there_takes_no_bytes(take: Take) -> None:
    Recording.objects.filter(pk=take.recording_id).delete()
    refused = take.create()
    assert (refused.status_code, code(refused)) == (404, "upload_unknown")


def test_an_upload_begun_anew_never_meets_the_pieces_of_the_old(take: Take, data: bytes) -> None:
    take.create()
    late = take.upload().open()
    assert take.call("DELETE", take.path).status_code == 204
    take.create()

    late.append(b"x" * 1000)
    with pytest.raises(TakenOver):
        late.sync()
    take.patch(data, 0)

    assert take.stored() == data


def test_the_sweeper_removes_what_nobody_needs_and_nothing_else(
    take: Take, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, expired, whole = take, Take(take.server), Take(take.server)
    for each in (live, expired, whole):
        each.create()
        each.patch(data, 0)
    whole.upload().change(sealed=True)
    past, soon = clock.now() - timedelta(days=1), clock.now() + YOUNG + timedelta(minutes=1)
    for each in (expired, whole):
        each.upload().change(expires_at=past)
    gone = f"pieces/{take.organization_id}/{take.recording_id}/{0:015d}-{1:010d}-4"
    bucket().put(gone, b"late")

    remove_orphans()
    assert list(bucket().names(gone)), "its row may be on its way"
    monkeypatch.setattr(clock, "now", lambda: soon)
    remove_orphans()

    assert not objects(expired)
    assert not list(bucket().names(gone))
    assert live.stored() == whole.stored() == data


def test_bytes_of_a_form_wait_for_its_end(take: Take, data: bytes) -> None:
    take.create()
    writer = take.upload().open()
    writer.hold_back()
    writer.append(data)
    writer.sync()
    assert (len(objects(take)), row_of(take).offset) == (1, 0)

    writer.let_go()
    writer.sync()

    assert take.stored() == data


def test_a_client_is_told_of_every_object_only_when_it_is_there(take: Take, data: bytes) -> None:
    take.create()
    answer = take.patch(data[:1000], 0)
    stored = sum(parse(name).length for name in objects(take))
    assert int(answer.headers["Upload-Offset"]) == stored == 1000
