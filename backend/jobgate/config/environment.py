"""Read settings from the environment, and fail loudly when one is missing or malformed.

Every secret may also be given as `NAME_FILE`, the path of a file that holds it.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def load_env_file(path: Path) -> None:
    """Put `NAME=value` lines of `path` in the environment; what is set already wins."""
    if not path.is_file():
        return
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise ImproperlyConfigured(f"{path.name}, line {number}: expected NAME=value")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or `default`; raise ImproperlyConfigured when there is neither."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def secret(name: str, default: str | None = None) -> str:
    """Return the secret from `NAME_FILE` or `NAME`."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return text(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from error


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as a boolean."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = os.environ.get(name) or str(default)
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """Return the variable as a list, split at commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the variable, one of `allowed`."""
    value = os.environ.get(name) or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def bucket_origin(bucket: str, address: str, style: str) -> str:
    """Return the origin at which browsers find a bucket's objects."""
    parts = urlsplit(address)
    host = f"{bucket}.{parts.netloc}" if style == "virtual" else parts.netloc
    return f"{parts.scheme}://{host}"


def derived_key(master: str, purpose: str) -> str:
    """Return a key of 32 bytes in hex for one purpose, by HKDF (RFC 5869) from the master key."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return hkdf.derive(master.encode()).hex()
