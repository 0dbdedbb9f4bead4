"""Identifiers of rows."""

from uuid import UUID

from uuid_utils.compat import uuid7

# For routes: what does not match is no address at all.
PATTERN = "-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12))


def new_id() -> UUID:
    """Return a UUID version 7 (RFC 9562): unique, and in the order of time for the indexes."""
    return uuid7()
