"""The web process with a weakness: it dies right after the commit of an answer.

Run by uvicorn in place of `jobgate.config.asgi`; nothing that would follow the commit happens.
"""

import os
import signal
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from jobgate.config.asgi import application as product

submitting: ContextVar[bool] = ContextVar("submitting", default=False)
# Typed loosely: the method that every commit of Django passes through is not public.
database: Any = BaseDatabaseWrapper
commit = database._commit


def commit_and_die(self: Any) -> None:
    """Commit; then die, if that made an answer."""
    commit(self)
    if not submitting.get():
        return
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM media_recording WHERE state = 'received'")
        [answers] = cursor.fetchone()
    self.connection.rollback()
    if answers:
        os.kill(os.getpid(), signal.SIGKILL)


database._commit = commit_and_die


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve as the product does, and know which requests are answers."""
    submitting.set(scope.get("path", "").endswith("/submit_response/"))
    await product(scope, receive, send)
