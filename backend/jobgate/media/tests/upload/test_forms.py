"""A whole recording in one `multipart/form-data` request, against real server processes."""

from collections.abc import Iterator

import httpx
import pytest

from jobgate.media.tests.serving import BrokenPost, Server
from jobgate.media.tests.upload.sending import MEBIBYTE, Start, Take, code, in_folder
from tests.processes import wait_until

BOUNDARY = "b0undary"


def part(data: bytes, name: str = "file", filename: str = "answer.webm") -> bytes:
    said = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    return f"--{BOUNDARY}\r\nContent-Disposition: {said}\r\n\r\n".encode() + data + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def post(take: Take, body: bytes | Iterator[bytes], **headers: str) -> httpx.Response:
    """Send a form as a client does that never heard of tus."""
    wishes = {
        "Authorization": f"Upload {take.token()}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    url = f"{take.server.url}/api/upload/"
    return httpx.post(url, headers=wishes | headers, content=body, timeout=20)


def is_whole(take: Take) -> bool:
    return take.upload().is_whole()


def test_a_form_is_answered_as_a_finished_upload(take: Take, data: bytes) -> None:
    response = httpx.post(
        f"{take.server.url}/api/upload/",
        headers={"Authorization": f"Upload {take.token()}"},
        files={"file": ("answer.webm", data, "video/webm")},
        data={"note": "fields beside the file are passed over"},
    )
    assert response.status_code == 201
    assert response.headers["Location"] == take.path
    assert response.headers["Upload-Offset"] == str(len(data))
    assert take.head().headers["Upload-Length"] == str(len(data))
    assert take.stored() == data
    assert is_whole(take)


@pytest.mark.parametrize("size", [1, 7, 61, 4096])
def test_a_form_may_come_in_pieces_of_any_size(take: Take, size: int) -> None:
    data = f"\r\n--{BOUNDARY[:-1]}\r\n--\r\n-".encode() * 40
    body = part(data) + END
    response = post(take, (body[at : at + size] for at in range(0, len(body), size)))
    assert response.status_code == 201
    assert take.stored() == data


def test_a_repeat_is_harmless(take: Take, data: bytes) -> None:
    body = part(data) + END
    post(take, body)
    take.upload().change(sealed=True)

    again = post(take, body)

    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(data)))
    assert take.stored() == data


def test_what_is_there_is_not_replaced_by_another_file(take: Take, data: bytes) -> None:
    post(take, part(data) + END)
    for other in (b"x" * len(data), data[:-1]):
        refused = post(take, part(other) + END)
        assert (refused.status_code, code(refused)) == (409, "other_bytes")
    longer = post(take, part(data + b"x") + END)
    assert (longer.status_code, code(longer)) == (413, "too_large")
    assert take.stored() == data


def test_a_form_ends_what_was_begun_in_pieces(take: Take, data: bytes) -> None:
    take.create(**{"Upload-Defer-Length": "1"})
    take.patch(data[:100_000], 0)
    refused = post(take, part(b"x" * 200_000) + END)
    assert (code(refused), take.offset()) == ("other_bytes", 100_000)

    assert post(take, part(data) + END).status_code == 201
    assert take.stored() == data
    assert is_whole(take)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a form",
        END,
        part(b"a field", filename=""),
        part(b"a field", filename="") + END,
        part(b"no end"),
        part(b"one") + part(b"two") + END,
        f"--{BOUNDARY}\r\nno colon\r\n\r\nx\r\n".encode() + END,
    ],
)
def test_a_form_without_one_whole_file_leaves_nothing(take: Take, body: bytes) -> None:
    response = post(take, body)
    assert (response.status_code, code(response)) == (400, "bad_form")
    assert take.offset() == 0
    assert not is_whole(take)


def test_a_form_of_another_length_than_was_announced_leaves_nothing(
    take: Take, data: bytes
) -> None:
    take.create(**{"Upload-Length": "2000"})
    refused = post(take, part(data[:1000]) + END)
    assert (refused.status_code, code(refused)) == (400, "bad_header")
    assert take.offset() == 0

    assert post(take, part(data[:2000]) + END).status_code == 201
    assert take.stored() == data[:2000]


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=" + 300 * "x"])
def test_a_form_without_a_boundary_is_refused(take: Take, boundary: str) -> None:
    kind = f"multipart/form-data{boundary}"
    response = post(take, part(b"x") + END, **{"Content-Type": kind})
    assert (response.status_code, code(response)) == (400, "bad_form")


@pytest.mark.parametrize("kind", ["application/json", "multipart/mixed; boundary=b", "video/webm"])
def test_other_kinds_of_bodies_are_refused(take: Take, kind: str) -> None:
    response = post(take, b"x", **{"Content-Type": kind})
    assert (response.status_code, code(response)) == (415, "wrong_content_type")


def test_a_form_is_no_way_round_the_token(take: Take) -> None:
    for authorization, expected in (("", "token_missing"), ("Upload x.y.z", "token_invalid")):
        response = post(take, part(b"x") + END, Authorization=authorization)
        assert (response.status_code, code(response)) == (401, expected)
        assert response.headers["WWW-Authenticate"] == "Upload"


def test_a_form_keeps_to_the_limit(server: Server, data: bytes) -> None:
    take = Take(server, max_bytes=100_000)
    bodies = (part(data) + END, iter([part(data)]), iter([part(data[:100_001]), END]))
    for body in bodies:
        response = post(take, body)
        assert (response.status_code, code(response)) == (413, "too_large")
    assert take.create(**{"Upload-Defer-Length": "1"}).headers["Upload-Offset"] == "0"
    assert post(take, part(data[:100_000]) + END).status_code == 201


def test_what_stands_beside_the_file_is_limited_too(server: Server) -> None:
    take = Take(server, max_bytes=1000)
    field = part(b"x" * 10_000, name="note", filename="")
    response = post(take, iter([field] * 8 + [part(b"x"), END]))
    assert (response.status_code, code(response)) == (413, "too_large")


@in_folder
def test_a_form_is_refused_while_little_room_is_left(start: Start) -> None:
    response = post(Take(start(UPLOAD_MIN_FREE_BYTES=str(1 << 60))), part(b"x") + END)
    assert (response.status_code, code(response)) == (507, "disk_full")


@in_folder
def test_a_disk_that_fills_up_leaves_nothing_of_a_form(start: Start, data: bytes) -> None:
    take = Take(start("sh", "-c", 'ulimit -f 400; exec "$@"', "sh"))
    response = post(take, part(data) + END)
    assert (response.status_code, code(response)) == (507, "disk_full")
    assert take.offset() == 0


@in_folder
def test_a_form_goes_to_the_disk_as_it_comes(take: Take, data: bytes) -> None:
    broken = begin(take, data[:300_000])
    wait_until(lambda: take.unchecked() >= 290_000)
    broken.close()


def test_a_form_that_was_cut_off_leaves_nothing(take: Take, data: bytes) -> None:
    broken = begin(take, data[:300_000])
    wait_until(take.is_under_way)
    broken.close()
    wait_until(lambda: len(take.stored()) == 0)

    assert not is_whole(take)
    assert post(take, part(b"another one") + END).status_code == 201
    assert take.stored() == b"another one"


def test_a_server_killed_in_the_middle_of_a_form_takes_it_again(start: Start, data: bytes) -> None:
    take = Take(start())
    unfinished = begin(take, data[:300_000])
    wait_until(take.is_under_way)
    take.server.kill()
    unfinished.close()
    assert not is_whole(take)

    take.server = start()
    assert post(take, part(data) + END).status_code == 201
    assert take.stored() == data


def test_a_silent_form_gives_way_to_its_repeat(take: Take, data: bytes) -> None:
    silent = begin(take, data[:300_000])
    wait_until(take.is_under_way)
    assert post(take, part(data) + END).status_code == 201
    assert b"taken_over" in silent.answer() + silent.answer()
    assert take.stored() == data


def begin(take: Take, data: bytes) -> BrokenPost:
    """Send the beginning of a form that announces more."""
    broken = BrokenPost(take.server, take.token(), BOUNDARY, announced=MEBIBYTE)
    broken.send(part(data).removesuffix(b"\r\n"))
    return broken
