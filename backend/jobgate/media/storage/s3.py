"""Objects in a bucket that speaks S3: Amazon's, or another's at an address of the settings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast
from uuid import UUID

import structlog
from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from jobgate.media.errors import DiskFull, StorageUnavailable
from jobgate.media.storage import scratch
from jobgate.media.storage.names import FileMissing, Method, name_of

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef

log = structlog.get_logger("jobgate.media")

# What is left to somebody whose right to play ends: nothing can call such an address back.
ADDRESS_SECONDS = 300
CONNECTIONS = 16
CONNECT_SECONDS = 3
READ_SECONDS = 20
TRIES = 2
READ_BYTES = 1024 * 1024
MISSING = frozenset({"404", "NoSuchKey", "NoSuchVersion"})
FULL = frozenset({"QuotaExceeded", "EntityTooLarge", "XMinioStorageFull", "507"})


@contextmanager
def talking(name: str) -> Iterator[None]:
    """Turn what the client raises into our errors.

    Raises:
        FileMissing, DiskFull, StorageUnavailable.
    """
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in MISSING:
            raise FileMissing(name) from error
        log.warning("storage_refused", name=name, code=code, operation=error.operation_name)
        raise (DiskFull if code in FULL else StorageUnavailable)() from error
    except BotoCoreError as error:
        log.warning("storage_unreachable", name=name, error=type(error).__name__)
        raise StorageUnavailable from error


class Bucket:
    """One bucket. Each call asks the network, and may be made from any thread."""

    def __init__(self, client: S3Client, public_client: S3Client, name: str) -> None:
        self.client = client
        self.public_client = public_client
        self.name = name

    @contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        """Download the file for the length of the block; raise FileMissing."""
        with scratch.swept_folder(scratch_root()) as folder:
            path = folder / "file"
            with path.open("wb") as file:
                self.fetch(name, file)
            yield path

    def size(self, name: str) -> int:
        with talking(name):
            return self.client.head_object(Bucket=self.name, Key=name)["ContentLength"]

    def publish(self, path: Path, name: str) -> None:
        """Store the file as one object: it is there whole, or not at all."""
        with path.open("rb") as file, talking(name):
            self.client.put_object(Bucket=self.name, Key=name, Body=file)

    def delete(self, name: str) -> None:
        self.delete_all(key for key in self._versions(name) if key["Key"] == name)

    def delete_recording(self, organization_id: UUID, recording_id: UUID) -> None:
        """Remove the objects; pieces of an upload follow when its row is gone (`sweep_pieces`)."""
        self.delete_under(name_of(organization_id, recording_id, ""))

    def work_root(self, organization_id: UUID, recording_id: UUID) -> Path:
        return scratch_root()

    def address(self, name: str, content_type: str, method: Method = "GET") -> str | None:
        """Return an address that needs no other permission for the next five minutes."""
        # A signature is for one method.
        operation = "head_object" if method == "HEAD" else "get_object"
        wishes = {
            "ResponseContentType": content_type,
            "ResponseContentDisposition": "inline",
            "ResponseCacheControl": "private, no-cache",
        }
        return self.public_client.generate_presigned_url(
            operation,
            Params={"Bucket": self.name, "Key": name, **wishes},
            ExpiresIn=ADDRESS_SECONDS,
        )

    def put(self, name: str, data: bytes | bytearray) -> None:
        """Store bytes; the storage compares what arrived with their MD5."""
        digest = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        with talking(name):
            # A bytearray will do, which saves a copy; the types do not know it.
            body = cast("bytes", data)
            self.client.put_object(Bucket=self.name, Key=name, Body=body, ContentMD5=digest)

    def fetch(self, name: str, target: IO[bytes]) -> int:
        """Append the object's bytes to `target`; return how many they were."""
        with talking(name):
            body = self.client.get_object(Bucket=self.name, Key=name)["Body"]
            return sum(target.write(piece) for piece in body.iter_chunks(READ_BYTES))

    def names(self, prefix: str, before: datetime | None = None) -> Iterator[str]:
        """Yield the names that begin so, in order; if wanted, of what was stored before then."""
        pages = self.client.get_paginator("list_objects_v2")
        with talking(prefix):
            for page in pages.paginate(Bucket=self.name, Prefix=prefix):
                for entry in page.get("Contents", []):
                    if before is None or entry["LastModified"] < before:
                        yield entry["Key"]

    def delete_under(self, prefix: str) -> None:
        """Remove every object whose name begins so, older versions included."""
        self.delete_all(self._versions(prefix))

    def delete_all(self, objects: Iterable[ObjectIdentifierTypeDef]) -> None:
        with talking("delete"):
            for wanted in _batches(objects):
                answer = self.client.delete_objects(
                    Bucket=self.name, Delete={"Objects": wanted, "Quiet": True}
                )
                if failed := answer.get("Errors"):
                    log.warning("storage_kept", name=failed[0].get("Key"), left=len(failed))
                    raise StorageUnavailable

    def _versions(self, prefix: str) -> Iterator[ObjectIdentifierTypeDef]:
        """Yield what lies under the names that begin so: also what a bucket keeps of the past."""
        pages = self.client.get_paginator("list_object_versions")
        with talking(prefix):
            for page in pages.paginate(Bucket=self.name, Prefix=prefix):
                for entry in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                    yield {"Key": entry["Key"], "VersionId": entry["VersionId"]}


def _batches(
    objects: Iterable[ObjectIdentifierTypeDef], size: int = 1000
) -> Iterator[list[ObjectIdentifierTypeDef]]:
    batch: list[ObjectIdentifierTypeDef] = []
    for wanted in objects:
        batch.append(wanted)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def scratch_root() -> Path:
    """Return the local folder for what is on its way from or to the bucket."""
    root = Path(settings.SCRATCH_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


def bucket() -> Bucket:
    """Return the bucket of the settings."""
    common = (
        settings.AWS_S3_REGION_NAME,
        settings.AWS_S3_ADDRESSING_STYLE,
        settings.AWS_ACCESS_KEY_ID,
        settings.AWS_SECRET_ACCESS_KEY,
    )
    return Bucket(
        _client(settings.AWS_S3_ENDPOINT_URL, *common),
        _client(settings.AWS_S3_PUBLIC_URL, *common),
        settings.AWS_STORAGE_BUCKET_NAME,
    )


@lru_cache(maxsize=8)
def _client(
    endpoint: str, region: str, style: Literal["path", "virtual"], key_id: str, secret: str
) -> S3Client:
    """Return a client with its pool of connections: making one is slow."""
    return Session().client(
        "s3",
        endpoint_url=endpoint,
        # Without a key: the role of the machine, as Amazon's own tools find it.
        aws_access_key_id=key_id or None,
        aws_secret_access_key=secret or None,
        region_name=region,
        config=Config(
            signature_version="s3v4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            max_pool_connections=CONNECTIONS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            # Not every server knows the newer checksums; pieces carry their MD5 instead.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": style},
        ),
    )
