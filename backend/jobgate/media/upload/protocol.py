"""Read the headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload)."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from uuid import UUID

from jobgate.core.asgi import Scope, header
from jobgate.media.errors import BadHeader, UploadUnknown, WrongContentType, WrongVersion

VERSION = "1.0.0"
PREFIX = "/api/upload/"
PIECE = "application/offset+octet-stream"
ALGORITHMS = ("sha256", "sha1")
EXTENSIONS = "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration"


@dataclass(frozen=True)
class Checksum:
    """What a piece must hash to."""

    algorithm: str
    digest: bytes

    def new(self) -> "hashlib._Hash":
        # SHA-1 finds accidents on the way, nothing more; the protocol asks for it.
        return hashlib.new(self.algorithm, usedforsecurity=False)


def check_tus(scope: Scope) -> None:
    """Raise WrongVersion, or WrongContentType where the sender never meant to speak tus."""
    version = header(scope, b"tus-resumable")
    if version == VERSION:
        return
    if not version and header(scope, b"content-type") not in {"", PIECE}:
        raise WrongContentType
    raise WrongVersion


def upload_id(path: str) -> UUID | None:
    """Return the upload that a path names, None for the collection; raise UploadUnknown."""
    name = path.removeprefix(PREFIX).strip("/")
    if not name:
        return None
    try:
        return UUID(name)
    except ValueError as error:
        raise UploadUnknown from error


def number(scope: Scope, name: bytes) -> int | None:
    """Return a header that holds a whole number, None without it; raise BadHeader."""
    text = header(scope, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadHeader(header=name.decode())
    return int(text)


def required_number(scope: Scope, name: bytes) -> int:
    value = number(scope, name)
    if value is None:
        raise BadHeader(header=name.decode())
    return value


def declared_length(scope: Scope) -> int | None:
    """Return Upload-Length of a creation, None when it is deferred; raise BadHeader."""
    length = number(scope, b"upload-length")
    deferred = header(scope, b"upload-defer-length")
    if (length is None) == (deferred != "1"):
        raise BadHeader(header="upload-length")
    return length


def file_type(scope: Scope) -> str:
    """Return `filetype` of Upload-Metadata, empty without it; raise BadHeader."""
    for pair in header(scope, b"upload-metadata").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filetype":
            return decoded(value, "upload-metadata").decode("utf-8", "replace")[:100]
    return ""


def decoded(value: str, name: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadHeader(header=name) from error


def checksum(scope: Scope) -> Checksum | None:
    """Return Upload-Checksum, None without it; raise BadHeader."""
    text = header(scope, b"upload-checksum")
    if not text:
        return None
    algorithm, _, value = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader(header="upload-checksum")
    return Checksum(algorithm, decoded(value, "upload-checksum"))


def check_content_type(scope: Scope) -> None:
    if header(scope, b"content-type") != PIECE:
        raise WrongContentType


def http_date(moment: datetime) -> bytes:
    return format_datetime(moment, usegmt=True).encode()
