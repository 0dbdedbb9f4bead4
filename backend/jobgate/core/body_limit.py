"""Refuse bodies that are longer than their route needs.

Django keeps the whole body, in a file if need be, before it looks at who sends it: without this
anybody could fill the disk.
"""

from collections.abc import Callable

from jobgate.core.asgi import Application, Message, Receive, Scope, Send, header, respond_error
from jobgate.core.errors import BodyTooLarge


def with_body_limit(application: Application, limit_of: Callable[[Scope], int]) -> Application:
    """Return the application for bodies of at most `limit_of(scope)` bytes."""

    async def limiting(scope: Scope, receive: Receive, send: Send) -> None:
        left = limit_of(scope)

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise BodyTooLarge
            return message

        try:
            if _declared(scope) > left:
                raise BodyTooLarge
            await application(scope, counted, send)
        except BodyTooLarge as error:
            # The rest is not read: the connection cannot be used again.
            await respond_error(scope, send, error, [(b"connection", b"close")])

    return limiting


def _declared(scope: Scope) -> int:
    length = header(scope, b"content-length")
    return int(length) if length.isascii() and length.isdigit() else 0
