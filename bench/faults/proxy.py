"""A network that breaks: a TCP proxy between one page and the server."""

import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

# open: all passes. shut: connections are reset and refused. silent: nothing passes and nobody is
# told. deaf: what the page says arrives, the answers do not.
Mode = Literal["open", "shut", "silent", "deaf"]
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass
class Pair:
    """One connection through the proxy. A numb one has lost bytes, and never says another."""

    page: socket.socket
    server: socket.socket
    numb: bool = False

    def reset(self) -> None:
        for end in (self.page, self.server):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Proxy:
    """Listens on a port of its own, and passes on what its mode lets through."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.mode: Mode = "open"
        self.pairs: list[Pair] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def set(self, mode: Mode) -> None:
        """Change what passes; shut ends what is open as well."""
        self.mode = mode
        if mode == "shut":
            self._reset_all()

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._reset_all()

    def _reset_all(self) -> None:
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            pair.reset()

    def _listen(self) -> None:
        while True:
            try:
                page, _ = self.listener.accept()
            except OSError:
                return
            if self.mode == "shut":
                page.close()
                continue
            self._join(page)

    def _join(self, page: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            page.close()
            return
        pair = Pair(page, server)
        self.pairs.append(pair)
        for source, sink in ((page, server), (server, page)):
            pump = threading.Thread(target=self._pump, args=(pair, source, sink), daemon=True)
            pump.start()

    def _pump(self, pair: Pair, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(64 * 1024):
                if self._swallows(pair, from_server=source is pair.server):
                    pair.numb = True
                else:
                    sink.sendall(data)
        if not pair.numb:
            pair.reset()

    def _swallows(self, pair: Pair, *, from_server: bool) -> bool:
        """Tell whether bytes are lost. The server never hears that the page of a numb pair left."""
        lost = self.mode == "silent" or (self.mode == "deaf" and from_server)
        return lost or (pair.numb and from_server) or (pair.numb and self.mode != "deaf")
