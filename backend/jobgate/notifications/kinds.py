"""The kinds of message, registered by the apps that send them.

A kind has three templates: `messages/<kind>/subject.txt`, `text.txt` and `page.html`; the last
two extend `messages/layout.txt` and `messages/layout.html`. Its builder turns the ids of a
message row into the templates' context, in the tenant's scope and the recipient's language, at
the moment of sending: what is secret, such as a link, exists in the message alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

Builder = Callable[[Mapping[str, str]], Mapping[str, Any]]


class UnknownKind(LookupError):
    """No app has registered this kind of message."""


_builders: dict[str, Builder] = {}


def register_kind(kind: str, builder: Builder) -> None:
    """Make `kind` known; call it from the app's `ready`."""
    _builders[kind] = builder


def builder_of(kind: str) -> Builder:
    """Return the kind's builder; raise UnknownKind."""
    try:
        return _builders[kind]
    except KeyError:
        raise UnknownKind(kind) from None
