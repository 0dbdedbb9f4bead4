"""Recordings that tests share: made once, by the same program that makes the demonstration's."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import override_settings

from jobgate.accounts.models import Organization
from jobgate.core import events
from jobgate.core.tenancy import tenant_scope
from jobgate.media import program, services
from jobgate.media.events import (
    RecordingFailed,
    RecordingImproved,
    RecordingReady,
    RecordingVerified,
)
from jobgate.media.models import Recording
from jobgate.media.storage.s3 import bucket
from jobgate.media.tests.gateway import (
    KEY_ID,
    SECRET,
    Gateway,
    missing_programs,
    running_gateway,
)
from jobgate.media.upload.store import new_sidecar, store

Make = Callable[..., Path]
Environment = dict[str, str]
SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """Run an S3 server while the tests last; skip where its programs are not installed."""
    if missing := missing_programs():
        pytest.skip(f"no S3 server to test with: {', '.join(missing)} not installed")
    with running_gateway() as server:
        yield server


@pytest.fixture(scope="session")
def bucket_environment(gateway: Gateway) -> Environment:
    """Return the settings of a fresh bucket, as processes read them."""
    environment = {
        "AWS_STORAGE_BUCKET_NAME": "recordings",
        "AWS_S3_ENDPOINT_URL": gateway.url,
        "AWS_S3_PUBLIC_URL": gateway.url,
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET,
    }
    with override_settings(**environment):
        bucket().client.create_bucket(Bucket="recordings")
    return environment


@pytest.fixture
def in_bucket(
    bucket_environment: Environment, settings: LazySettings, tmp_path: Path
) -> Environment:
    """Keep recordings in a bucket during this test."""
    environment = bucket_environment | {"SCRATCH_ROOT": str(tmp_path / "scratch")}
    for name, value in environment.items():
        setattr(settings, name, value)
    return environment


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def where(request: pytest.FixtureRequest) -> str:
    """Run the test twice: with recordings in a folder, and in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("in_bucket")
    return str(request.param)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that gives the path of a small recording with the wished properties."""
    folder = tmp_path_factory.mktemp("recordings")

    def make(name: str, **wishes: object) -> Path:
        path = folder / f"{name}.webm"
        if not path.exists():
            program.synthesize(path, **wishes)
        return path

    return make


@pytest.fixture(scope="session")
def spoken(recordings: Callable[..., Path]) -> Path:
    """A recording of three seconds with picture and sound, written as a browser does."""
    return recordings("spoken", seconds=3)


def make_hostile(kind: str, path: Path, *source: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "jobgate.media.tests.hostile",
        kind,
        *map(str, (path, *source)),
    ]
    subprocess.run(command, check=True, cwd=program.BACKEND)
    return path


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """Collect what media tells those above."""
    told: list[events.Event] = []
    subscribers = {
        kind: [told.append]
        for kind in (RecordingVerified, RecordingReady, RecordingImproved, RecordingFailed)
    }
    monkeypatch.setattr(events, "_subscribers", subscribers)
    return told


@pytest.fixture
def organization(db: None) -> Iterator[Organization]:
    """Return a company, its scope entered."""
    company = Organization.objects.create(name="Atlas", slug="atlas")
    with tenant_scope(company.id):
        yield company


def new_recording(organization: Organization, **changes: Any) -> Recording:
    wishes = {"max_bytes": 20_000_000, "max_duration_seconds": 60} | changes
    return services.create_recording(organization.id, **wishes)


def upload(recording: Recording, data: bytes) -> None:
    """Put bytes where the upload route puts them."""
    sidecar = new_sidecar(max_bytes=recording.max_bytes, generation=1, length=len(data))
    held = store.create(recording.organization_id, recording.id, sidecar)
    with held.open() as writer:
        writer.append(data)
        writer.sync()


def received(organization: Organization, data: bytes, **claims: Any) -> Recording:
    """Return a recording that was uploaded and taken in; its job waits."""
    recording = new_recording(organization)
    upload(recording, data)
    services.receive(recording, **claims)
    return recording
