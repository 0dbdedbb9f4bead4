"""Clients of other makes, as they come: tus-js-client and Python's tuspy."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tusclient.client import TusClient

from jobgate.media.program import BACKEND
from jobgate.media.tests.upload.sending import Take

MODULES = BACKEND.parent / "frontend" / "node_modules"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    NODE is None or not (MODULES / "tus-js-client").is_dir(),
    reason="needs node and the front end's packages (npm ci in frontend/)",
)


@pytest.fixture
def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "answer.webm"
    path.write_bytes(data)
    return path


def send_by_node(take: Take, file: Path, options: dict[str, Any]) -> str:
    """Send the file with tus-js-client; return the address that it found."""
    common = {
        "endpoint": f"{take.server.url}/api/upload/",
        "headers": {"Authorization": f"Upload {take.token()}"},
    }
    program = Path(__file__).with_name("tus_client.mjs")
    done = subprocess.run(
        [str(NODE), str(program), str(MODULES), str(file), json.dumps(common | options)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@needs_node
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"chunkSize": 100_000},
        {"chunkSize": 300_000, "uploadDataDuringCreation": True},
        {"chunkSize": 100_000, "uploadLengthDeferred": True},
    ],
    ids=["whole", "in pieces", "with the creation", "of unknown length"],
)
def test_tus_js_client_sends_a_file(
    take: Take, file: Path, data: bytes, options: dict[str, Any]
) -> None:
    address = send_by_node(take, file, options)
    assert address == f"{take.server.url}{take.path}"
    assert take.stored() == data
    assert take.upload().is_whole()


@needs_node
def test_tus_js_client_goes_on_where_another_stopped(take: Take, file: Path, data: bytes) -> None:
    take.create()
    take.patch(data[:400_000], 0)
    send_by_node(take, file, {"uploadUrl": f"{take.server.url}{take.path}"})
    assert take.stored() == data


def test_tuspy_sends_a_file_in_pieces(take: Take, file: Path, data: bytes) -> None:
    client = TusClient(f"{take.server.url}/api/upload/", headers=take.headers())
    client.uploader(str(file), chunk_size=100_000, metadata={"filetype": "video/webm"}).upload()
    assert take.stored() == data


def test_tuspy_has_its_pieces_checked(take: Take, file: Path, data: bytes) -> None:
    client = TusClient(f"{take.server.url}/api/upload/", headers=take.headers())
    client.uploader(str(file), chunk_size=300_000, upload_checksum=True).upload()
    assert take.stored() == data
