"""The address the web process listens on, and what that means."""

import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from launcher import codes
from launcher.failure import Failure


@dataclass(frozen=True)
class Address:
    """Host and port, and the certificate when it speaks TLS."""

    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_any(self) -> bool:
        """Tell whether it stands for every address of the machine."""
        return self.host in ("0.0.0.0", "::")  # noqa: S104 -- compared, not bound

    @property
    def url(self) -> str:
        """Return where a person opens it."""
        return f"{self.scheme}://{bracketed(self.shown_host)}:{self.port}"

    @property
    def local_url(self) -> str:
        """Return where this machine reaches it."""
        host = self.host if not self.is_any else "127.0.0.1"
        return f"{self.scheme}://{bracketed(host)}:{self.port}"

    @property
    def scheme(self) -> str:
        return "https" if self.tls_cert else "http"

    @property
    def shown_host(self) -> str:
        return outward_address() if self.is_any else self.host

    def allowed_hosts(self) -> list[str]:
        """Return the names by which browsers may ask for it."""
        hosts = ["127.0.0.1", "localhost", "[::1]", bracketed(self.shown_host)]
        if self.is_any:
            hosts.append(socket.gethostname())
        return list(dict.fromkeys(hosts))

    def check(self) -> None:
        """Stop when the certificate cannot be used or the port is taken."""
        self._check_tls()
        need_free_port(self.host, self.port)

    def _check_tls(self) -> None:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise Failure(codes.BAD_TLS, "--tls-cert and --tls-key go together: give both.")
        if self.tls_cert is None:
            return
        try:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.tls_cert, self.tls_key, password="")
        except (OSError, ssl.SSLError) as error:
            raise Failure(
                codes.BAD_TLS,
                f"The certificate {self.tls_cert} cannot be used with the key {self.tls_key}: "
                f"{error}",
            ) from error


def need_free_port(host: str, port: int) -> None:
    """Stop when something listens there already."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise _refused(host, port, error) from error


def _refused(host: str, port: int, error: OSError) -> Failure:
    if error.errno == errno.EADDRINUSE:
        sentence = f"Port {port} of {host} is taken by another program. Choose one with --port."
        return Failure(codes.PORT_TAKEN, sentence)
    if error.errno == errno.EACCES:
        sentence = f"This account may not open port {port}. Choose one above 1023 with --port."
        return Failure(codes.PORT_TAKEN, sentence)
    return Failure(codes.USAGE, f"{host} is no address of this machine: {error.strerror}.")


def bracketed(host: str) -> str:
    """Return the host as URLs write it."""
    return f"[{host}]" if ":" in host else host


def outward_address() -> str:
    """Return this machine's address on its network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        address: str = probe.getsockname()[0]
        return address
