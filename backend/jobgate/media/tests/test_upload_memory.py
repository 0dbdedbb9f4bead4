"""What is on the disk leaves the page cache: the next piece gets the same memory again."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings

from jobgate.media.upload.direct import ALIGNMENT
from jobgate.media.upload.folder import Store
from jobgate.media.upload.sidecar import new_sidecar

PIECE = os.urandom(5 * ALIGNMENT + 100)


def in_memory(path: Path, page: int) -> bool:
    """Tell whether a page of the file can be read without the disk; see preadv2(2)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.preadv(descriptor, [bytearray(1)], page * ALIGNMENT, os.RWF_NOWAIT)
    except BlockingIOError:
        return False
    except OSError as error:
        pytest.skip(f"this file system does not tell: {error.strerror}")
    finally:
        os.close(descriptor)
    return True


@pytest.mark.skipif(not hasattr(os, "RWF_NOWAIT"), reason="only Linux tells")
def test_a_synced_piece_does_not_stay_in_memory(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    upload = Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=1 << 40, generation=1))
    with upload.open() as writer:
        writer.append(PIECE)
        writer.store()
        assert in_memory(upload.path, 0)
        writer.sync()
        assert not in_memory(upload.path, 0)
        # The next piece goes on in it, and would have to read it first.
        assert in_memory(upload.path, 5)
        writer.append(PIECE)
        writer.sync()
    assert upload.path.read_bytes() == PIECE * 2
