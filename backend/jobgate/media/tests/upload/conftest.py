"""Real servers that share one folder, or one bucket and one database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from jobgate.core.tenancy import all_tenants
from jobgate.media.tests.conftest import Environment
from jobgate.media.tests.serving import Server
from jobgate.media.tests.upload.sending import APPLICATION, MEBIBYTE, Start, Take


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def shared_folder(own_folders: None, settings: LazySettings, media_root: Path) -> None:
    settings.MEDIA_ROOT = str(media_root)


Servers = dict[str, Server]

# Servers see what is committed only.
IN_BUCKET = (pytest.mark.s3, pytest.mark.django_db(transaction=True))


@pytest.fixture(params=["folder", pytest.param("bucket", marks=IN_BUCKET)])
def where(request: pytest.FixtureRequest) -> str:
    """Run the test twice: with uploads in a folder, and in a bucket."""
    return str(request.param)


@pytest.fixture
def environment(
    where: str, media_root: Path, request: pytest.FixtureRequest
) -> Iterator[Environment]:
    """Return what servers of this test read; in a bucket, let the test look at every upload."""
    if where == "folder":
        # No database answers there: nothing on the way of a piece may ask one.
        yield {"MEDIA_ROOT": str(media_root), "DB_HOST": "/nowhere"}
        return
    bucket: Environment = request.getfixturevalue("in_bucket")
    own = {
        "DJANGO_SETTINGS_MODULE": "jobgate.config.settings",
        "JOBGATE_DB_ROLE": "app",
        "DB_NAME": str(connection.settings_dict["NAME"]),
        "DB_POOL_SIZE": "4",
        # What comes becomes an object at once, so that a test sees it.
        "UPLOAD_PIECE_SECONDS": "0",
    }
    with all_tenants("a test looks at what servers wrote"):
        yield bucket | own


@pytest.fixture
def start(environment: Environment) -> Iterator[Start]:
    """Return a function that starts a server; it ends with the test."""
    servers: list[Server] = []

    def start_server(*prefix: str, application: str = APPLICATION, **more: str) -> Server:
        server = Server(application, environment | more, prefix=prefix)
        servers.append(server)
        return server.wait("/api/upload/")

    yield start_server
    for server in servers:
        server.kill()


@contextmanager
def killed_in_the_end() -> Iterator[Servers]:
    servers: Servers = {}
    yield servers
    for server in servers.values():
        server.kill()


@pytest.fixture(scope="session")
def servers_of_folder() -> Iterator[Servers]:
    with killed_in_the_end() as servers:
        yield servers


@pytest.fixture(scope="session")
def servers_of_bucket(django_db_setup: None) -> Iterator[Servers]:
    """Hold servers that end before the database that they use."""
    with killed_in_the_end() as servers:
        yield servers


@pytest.fixture
def server(where: str, environment: Environment, request: pytest.FixtureRequest) -> Server:
    """Return the one server for all tests with this kind of storage."""
    shared: Servers = request.getfixturevalue(f"servers_of_{where}")
    if where not in shared:
        own = {"CORS_ALLOWED_ORIGINS": "https://jobs.example"}
        shared[where] = Server(APPLICATION, environment | own).wait("/api/upload/")
    return shared[where]


@pytest.fixture
def take(server: Server) -> Take:
    return Take(server)


@pytest.fixture(scope="session")
def data() -> bytes:
    return os.urandom(MEBIBYTE)
