"""Receive recordings: tus 1.0.0 as a raw ASGI application beside Django, or a form with a file.

What comes goes to the file in small parts, and an answer says what is on disk. No request waits
for the database: the token says who may write, the file and its sidecar say the rest.
"""

from collections.abc import Awaitable, Callable

import structlog
from django.conf import settings

from jobgate.core.asgi import (
    Receive,
    Scope,
    Send,
    client_address,
    header,
    respond,
    respond_error,
)
from jobgate.core.cors import with_cors
from jobgate.core.errors import ApiError, ServerFault
from jobgate.core.limits import Limiter
from jobgate.media import errors
from jobgate.media.upload import protocol, tokens
from jobgate.media.upload.form import MARGIN, form_file, is_form
from jobgate.media.upload.store import Sidecar, Upload, new_sidecar, store
from jobgate.media.upload.threads import in_thread, reach
from jobgate.media.upload.tokens import UploadToken
from jobgate.media.upload.writing import Disconnected, Headers, writing

log = structlog.get_logger("jobgate.upload")

Answer = tuple[int, Headers]

COMMON: Headers = [(b"tus-resumable", protocol.VERSION.encode()), (b"cache-control", b"no-store")]

# Beginning is limited, going on never: the pieces of a valid upload are not counted.
starts_of_address = Limiter()
starts_of_token = Limiter()


async def upload_application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, also to pages of the other sites that the settings allow."""
    if scope["type"] == "http":
        await converse_with_other_sites(scope, receive, send)


async def converse(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        status, headers = await answer(scope, receive)
    except Disconnected:
        return
    except ApiError as error:
        log.info("refused", method=scope["method"], path=scope["path"], code=error.code)
        await refuse(scope, send, error)
    except Exception:
        # The edge of the route: the server above would answer in a shape of its own.
        log.exception("upload_fault", method=scope["method"], path=scope["path"])
        await refuse(scope, send, ServerFault())
    else:
        await respond(scope, send, status, COMMON + headers)


async def refuse(scope: Scope, send: Send, error: ApiError) -> None:
    # The rest of a refused body is not read: the connection cannot be used again.
    headers = [*error_headers(error), (b"connection", b"close")]
    await respond_error(scope, send, error, COMMON + headers)


converse_with_other_sites = with_cors(converse)


async def answer(scope: Scope, receive: Receive) -> Answer:
    if scope["method"] == "OPTIONS":
        return options(scope)
    if scope["method"] == "POST":
        starts_of_address.check(client_address(scope), settings.RAW_STARTS_PER_ADDRESS)
    as_form = scope["method"] == "POST" and is_form(scope)
    if not as_form:
        protocol.check_tus(scope)
    token = tokens.verify(header(scope, b"authorization"))
    named = protocol.upload_id(scope["path"])
    if named is None:
        if scope["method"] != "POST":
            raise errors.MethodNotAllowed
        starts_of_token.check(str(token.recording_id), settings.UPLOAD_STARTS_PER_TOKEN)
        return await (take_form if as_form else create)(scope, receive, token)
    # Another's upload and one that is not there look alike.
    if named != token.recording_id:
        raise errors.UploadUnknown
    handler = HANDLERS.get(scope["method"])
    if handler is None:
        raise errors.MethodNotAllowed
    return await handler(scope, receive, token)


def options(scope: Scope) -> Answer:
    headers: Headers = [
        (b"tus-version", protocol.VERSION.encode()),
        (b"tus-extension", protocol.EXTENSIONS.encode()),
        (b"tus-checksum-algorithm", ",".join(protocol.ALGORITHMS).encode()),
    ]
    return 204, headers


def error_headers(error: ApiError) -> Headers:
    if error.status == 401:
        return [(b"www-authenticate", b"Upload")]
    if isinstance(error, errors.WrongVersion):
        return [(b"tus-version", protocol.VERSION.encode())]
    return []


async def create(scope: Scope, receive: Receive, token: UploadToken) -> Answer:
    """Make the upload; a repeat finds it and goes on."""
    length = protocol.declared_length(scope)
    if length is not None and length > token.max_bytes:
        raise errors.TooLarge
    sidecar = new_sidecar(
        max_bytes=token.max_bytes,
        generation=token.generation,
        length=length,
        file_type=protocol.file_type(scope),
    )
    upload = await new_upload(token, sidecar)
    with_body = header(scope, b"content-type") == protocol.PIECE
    async with writing(upload, token) as request:
        if with_body and request.offset() == 0:
            await request.write(scope, receive)
        return 201, [location(token), *await request.headers()]


async def take_form(scope: Scope, receive: Receive, token: UploadToken) -> Answer:
    """Take a whole recording in one request; a repeat finds it there."""
    file = form_file(scope)
    if (protocol.number(scope, b"content-length") or 0) > token.max_bytes + MARGIN:
        raise errors.TooLarge
    sidecar = new_sidecar(max_bytes=token.max_bytes, generation=token.generation)
    upload = await new_upload(token, sidecar)
    async with writing(upload, token) as request:
        await request.take_whole(file, receive)
        return 201, [location(token), *await request.headers()]


async def upload_of(token: UploadToken) -> Upload:
    return await reach(token.organization_id, store.get, token.organization_id, token.recording_id)


async def new_upload(token: UploadToken, sidecar: Sidecar) -> Upload:
    organization_id = token.organization_id
    # Its names must be on the disk as well: that takes as long as a piece.
    return await in_thread(
        organization_id, store.create, organization_id, token.recording_id, sidecar
    )


def location(token: UploadToken) -> tuple[bytes, bytes]:
    return b"location", f"{protocol.PREFIX}{token.recording_id}/".encode()


async def head(scope: Scope, receive: Receive, token: UploadToken) -> Answer:
    async with writing(await upload_of(token), token) as request:
        return 200, await request.headers()


async def patch(scope: Scope, receive: Receive, token: UploadToken) -> Answer:
    protocol.check_content_type(scope)
    offset = protocol.required_number(scope, b"upload-offset")
    async with writing(await upload_of(token), token) as request:
        if offset != request.offset():
            raise errors.WrongOffset
        await request.settle_length(protocol.number(scope, b"upload-length"))
        await request.write(scope, receive)
        return 204, await request.headers()


async def delete(scope: Scope, receive: Receive, token: UploadToken) -> Answer:
    async with writing(await upload_of(token), token) as request:
        request.check_open()
        await reach(token.organization_id, request.upload.remove)
        return 204, []


HANDLERS: dict[str, Callable[[Scope, Receive, UploadToken], Awaitable[Answer]]] = {
    "HEAD": head,
    "PATCH": patch,
    "DELETE": delete,
}
