"""Serve a file, or one range of it, without ever holding much of it in memory."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags

from jobgate.media.errors import GrantRefused, RangeNotSatisfiable

PIECE_BYTES = 256 * 1024
# No file needs more digits, and Python refuses to read thousands.
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


@dataclass(frozen=True)
class Part:
    """Bytes of a file, from `start` up to but without `end`; `asked` when a range named them."""

    start: int
    end: int
    size: int
    asked: bool = True

    @property
    def length(self) -> int:
        return self.end - self.start


def serve_file(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """Return the response to GET or HEAD, with Range, If-Range and If-None-Match.

    Raises:
        GrantRefused: the file is not there.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise GrantRefused from error
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _described(HttpResponse(status=304), etag)
    try:
        part = wanted_part(request, status.st_size, etag)
    except RangeNotSatisfiable:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{status.st_size}"})
        return _described(response, etag)
    return _described(_body(request, path, part, content_type), etag)


def wanted_part(request: HttpRequest, size: int, etag: str) -> Part:
    """Return what the request asks for: the whole file for what is not one plain range."""
    whole = Part(0, size, size, asked=False)
    match = RANGE.match(request.headers.get("Range", "").strip())
    if match is None or request.headers.get("If-Range", etag) != etag:
        return whole
    first, last = match.groups()
    if first:
        start, end = int(first), min(int(last) + 1, size) if last else size
    elif last:
        start, end = max(0, size - int(last)), size
    else:
        return whole
    if last and first and int(last) < int(first):
        return whole
    if start >= size:
        raise RangeNotSatisfiable
    return Part(start, end, size)


def _body(request: HttpRequest, path: Path, part: Part, content_type: str) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif isinstance(request, ASGIRequest):
        # Django would read a plain iterator to its end before sending any of it.
        response = StreamingHttpResponse(read_async(path, part))
    else:
        response = StreamingHttpResponse(read(path, part))
    response["Content-Type"] = content_type
    response["Content-Length"] = str(part.length)
    if part.asked:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{part.size}"
    return response


def _described(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # Keeps middleware from compressing: a range counts the bytes of the file.
    response["Content-Encoding"] = "identity"
    return response


def read(path: Path, part: Part) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        left = part.length
        while left and (piece := file.read(min(left, PIECE_BYTES))):
            left -= len(piece)
            yield piece


async def read_async(path: Path, part: Part) -> AsyncIterator[bytes]:
    pieces = read(path, part)
    try:
        while piece := await asyncio.to_thread(next, pieces, b""):
            yield piece
    finally:
        # Closes the file also when the player goes away in the middle.
        pieces.close()  # type: ignore[attr-defined]  # a generator
