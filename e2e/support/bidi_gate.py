"""Stand between Playwright and a stock Firefox:  bidi_gate.py PID_FILE FIREFOX [ARGUMENT ...].

Playwright speaks WebDriver BiDi as the newest Firefox does. What an ESR does not know yet, and no
test needs, is answered here; everything else passes. Firefox goes when Playwright does, and the
gate with it.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.sync.connection import Connection
from websockets.sync.server import Server, ServerConnection, serve

ANNOUNCEMENT = "WebDriver BiDi listening on ws://127.0.0.1:"
# Dark or light: the tests that look at it run in Chromium.
UNKNOWN_TO_ESR = frozenset({"emulation.setMediaFeaturesOverride"})


def relay(playwright: ServerConnection, port: int) -> None:
    """Pass messages both ways until one side leaves."""
    assert playwright.request
    address = f"ws://127.0.0.1:{port}{playwright.request.path}"
    with connect(address, max_size=None, compression=None, proxy=None) as firefox:
        Thread(target=_copy, args=(firefox, playwright), daemon=True).start()
        for message in playwright:
            command = json.loads(message)
            if command["method"] in UNKNOWN_TO_ESR:
                done = {"type": "success", "id": command["id"], "result": {}}
                playwright.send(json.dumps(done))
            else:
                firefox.send(message)


def _copy(source: Connection, sink: Connection) -> None:
    with sink:
        for message in source:
            sink.send(message)


def open_gate(port: int, leave: Callable[[], None]) -> Server:
    """Listen in the place of the Firefox that listens on that port, for one caller."""

    def host(playwright: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            relay(playwright, port)
        leave()

    gate = serve(host, "127.0.0.1", 0, max_size=None)
    Thread(target=gate.serve_forever, daemon=True).start()
    return gate


def announced(line: str, leave: Callable[[], None]) -> str:
    """Return what Playwright is told: Firefox's own line, but for where it listens."""
    if not (found := re.search(rf"{re.escape(ANNOUNCEMENT)}(\d+)", line)):
        return line
    own = open_gate(int(found[1]), leave).socket.getsockname()[1]
    return f"{ANNOUNCEMENT}{own}\n"


def stand(pid_file: Path, command: Iterable[str]) -> int:
    """Start Firefox, and stay until it ends."""
    with subprocess.Popen([*command], stderr=subprocess.PIPE, text=True) as firefox:
        pid_file.write_text(str(firefox.pid), encoding="ascii")
        assert firefox.stderr
        for line in firefox.stderr:
            sys.stderr.write(announced(line, firefox.terminate))
            sys.stderr.flush()
    return firefox.returncode


if __name__ == "__main__":
    sys.exit(stand(Path(sys.argv[1]), sys.argv[2:]))
