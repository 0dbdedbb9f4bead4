"""Real servers that share one folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from jobgate.media.tests.serving import Server
from jobgate.media.tests.upload.sending import (
    APPLICATION,
    MEBIBYTE,
    Start,
    Take,
)


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def shared_folder(own_folders: None, settings: LazySettings, media_root: Path) -> None:
    settings.MEDIA_ROOT = str(media_root)


@pytest.fixture(scope="session")
def start(media_root: Path) -> Iterator[Start]:
    servers: list[Server] = []

    def start_server(*prefix: str, **environment: str) -> Server:
        # No database answers there: nothing on the way of a piece may ask one.
        own = {"MEDIA_ROOT": str(media_root), "DB_HOST": "/nowhere"}
        server = Server(APPLICATION, own | environment, prefix=prefix)
        servers.append(server)
        return server.wait("/api/upload/")

    yield start_server
    for server in servers:
        server.kill()


@pytest.fixture(scope="session")
def server(start: Start) -> Server:
    return start(CORS_ALLOWED_ORIGINS="https://jobs.example")


@pytest.fixture
def take(server: Server) -> Take:
    return Take(server)


@pytest.fixture(scope="session")
def data() -> bytes:
    return os.urandom(MEBIBYTE)
