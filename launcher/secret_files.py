"""Secrets made once and kept in files that only this account reads."""

import os
import secrets
from pathlib import Path

NAMES = ("secret_key", "db_password", "db_owner_password", "db_superuser_password")


def ensure(folder: Path) -> dict[str, Path]:
    """Return the file of each secret, made when it is not there yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _ensure_one(folder / name) for name in NAMES}


def _ensure_one(file: Path) -> Path:
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as sink:
            sink.write(secrets.token_urlsafe(48))
        fresh.replace(file)
    return file
