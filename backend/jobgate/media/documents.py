"""Small files that people send to be read by people: kept as they came, never opened here.

Their type is told by their bytes, never by their name; they are given out as attachments only.
"""

import errno
import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.core.files import File

from jobgate.media import storage
from jobgate.media.errors import DiskFull, DocumentRefused, DocumentTooLarge
from jobgate.media.storage.s3 import scratch_root
from jobgate.media.storage.scratch import swept_folder

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 150
_ODT = "application/vnd.oasis.opendocument.text"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STARTS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    _ODT: ".odt",
    _DOCX: ".docx",
}


@dataclass(frozen=True)
class Document:
    """What is known of a stored file."""

    stored_name: str
    content_type: str
    byte_length: int
    sha256: str


def kind_of(data: bytes) -> str:
    """Return the type of a file that is taken; raise DocumentRefused."""
    for start, content_type in _STARTS.items():
        if data.startswith(start):
            return content_type
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if _is_text(data):
        return "text/plain"
    raise DocumentRefused


def _packed(data: bytes) -> str:
    """Tell by the names that lie open in a package; nothing is unpacked."""
    if data[30:].startswith(b"mimetype" + _ODT.encode()):
        return _ODT
    # With macros it is another type, which has this part.
    if b"word/document.xml" in data and b"vbaProject" not in data:
        return _DOCX
    raise DocumentRefused


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) % 2 == 0
    # What a browser would take for a page is none.
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<", b"%!", b"#!", b"mz"))


def keep(organization_id: UUID, document_id: UUID, file: "File[bytes]") -> Document:
    """Store a file for good under a name of ours.

    Raises:
        DocumentTooLarge, DocumentRefused, DiskFull.
    """
    if file.size > MOST_BYTES:
        raise DocumentTooLarge
    data = file.read()
    content_type = kind_of(data)
    name = f"documents/{organization_id}/{document_id}"
    _publish(name, data)
    return Document(name, content_type, len(data), hashlib.sha256(data).hexdigest())


def hash_of(file: "File[bytes]") -> str:
    """Return the SHA-256 of a file that came, and leave it at its beginning; raise if too large."""
    if file.size > MOST_BYTES:
        raise DocumentTooLarge
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found


def _publish(name: str, data: bytes) -> None:
    root = scratch_root() if storage.in_bucket() else storage.path_of(name).parent
    try:
        root.mkdir(parents=True, exist_ok=True)
        with swept_folder(root) as folder:
            path = folder / "file"
            path.write_bytes(data)
            storage.files().publish(path, name)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from error
        raise


def read(stored_name: str) -> bytes:
    with storage.files().reading(stored_name) as path:
        return path.read_bytes()


def remove(stored_name: str) -> None:
    storage.files().delete(stored_name)


def safe_name(name: str, content_type: str) -> str:
    """Return a name that is safe to show and to save under, with the ending of its true type."""
    whole = PurePath(name.replace("\\", "/")).name
    stem = whole.rpartition(".")[0] or whole
    kept = "".join(c for c in stem if c.isprintable() and c not in '<>:"/|?*').strip(" .")
    return f"{kept[:LONGEST_NAME] or 'document'}{ENDINGS[content_type]}"
