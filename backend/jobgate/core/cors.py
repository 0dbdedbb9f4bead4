"""Cross-origin requests to the raw ASGI routes, by the same settings as Django's."""

from collections.abc import Iterable

from corsheaders.conf import conf

from jobgate.core.asgi import Application, Message, Receive, Scope, Send, header, respond

RawHeaders = list[tuple[bytes, bytes]]


def with_cors(application: Application) -> Application:
    """Return the application, answering pages of the allowed origins."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        origin = header(scope, b"origin")
        if scope["method"] == "OPTIONS" and header(scope, b"access-control-request-method"):
            await respond(scope, send, 204, _preflight(origin))
            return

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_response(origin)]}
            await send(message)

        await application(scope, receive, send_with_origin)

    return answering


def _response(origin: str) -> RawHeaders:
    if origin not in conf.CORS_ALLOWED_ORIGINS:
        return [(b"vary", b"origin")]
    return [
        (b"vary", b"origin"),
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-expose-headers", _joined(conf.CORS_EXPOSE_HEADERS)),
    ]


def _preflight(origin: str) -> RawHeaders:
    headers = _response(origin)
    if len(headers) > 1:
        headers += [
            (b"access-control-allow-methods", _joined(conf.CORS_ALLOW_METHODS)),
            (b"access-control-allow-headers", _joined(conf.CORS_ALLOW_HEADERS)),
            (b"access-control-max-age", str(conf.CORS_PREFLIGHT_MAX_AGE).encode()),
        ]
    return headers


def _joined(names: Iterable[str]) -> bytes:
    return ", ".join(names).encode()
