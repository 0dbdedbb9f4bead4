"""Recordings that tests share: made once, by the same program that makes the demonstration's."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobgate.accounts.models import Organization
from jobgate.core.tenancy import tenant_scope
from jobgate.media import program, services
from jobgate.media.models import Recording
from jobgate.media.upload.store import new_sidecar, store

Make = Callable[..., Path]
SAMPLES = Path(__file__).parent / "samples"


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


def make_hostile(kind: str, path: Path) -> Path:
    command = [sys.executable, "-m", "jobgate.media.tests.hostile", kind, str(path)]
    subprocess.run(command, check=True, cwd=program.BACKEND)
    return path


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


def received(organization: Organization, data: bytes, **claims: Any) -> Recording:
    """Return a recording that was uploaded and taken in; its job waits."""
    recording = new_recording(organization)
    upload(recording, data)
    services.receive(recording, **claims)
    return recording
