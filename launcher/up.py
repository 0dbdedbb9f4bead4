"""`./jobgate up` and `./jobgate dev`: from nothing to a page that opens."""

import contextlib
import ssl
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass

from launcher import building, codes, environment, leftovers, lock, say, secret_files
from launcher import database as databases
from launcher.address import Address, need_free_port
from launcher.failure import Failure
from launcher.layout import Layout, configured
from launcher.node import Node
from launcher.processes import Child, Supervisor

READY_SECONDS = 90.0
VITE_PORT = 3000
# Shorter than what the supervisor grants, so that a job is given back rather than torn off.
WORKER_GRACE_SECONDS = 8


@dataclass(frozen=True)
class Options:
    """What the person asked for."""

    address: Address
    demo: bool = False
    development: bool = False


def run(layout: Layout, options: Options) -> int:
    """Bring everything up and keep it up until Ctrl-C."""
    check_options(options)
    supervisor = Supervisor(layout.run)
    supervisor.listen()
    with lock.take(layout.run / "lock", options.address.url), contextlib.ExitStack() as stack:
        leftovers.clear(layout.run)
        options.address.check()
        tool = prepare(layout, options)
        environ = process_environment(layout, options)
        database = databases.open_database(layout, environ)
        stack.callback(database.stop)
        environ = databases.process_environment(environ, database)
        databases.migrate(layout, database, environ)
        stack.callback(supervisor.stop)
        start_children(layout, options, supervisor, environ, tool)
        if options.demo:
            make_demo(layout, environ)
        announce(options)
        supervisor.run()
    return codes.OK


def check_options(options: Options) -> None:
    """Refuse or warn about an address that others can reach."""
    address = options.address
    if address.is_loopback:
        return
    if options.demo:
        raise Failure(
            codes.NOT_LOOPBACK,
            f"--demo has well-known passwords and {address.host} can be reached by others: "
            "leave out --demo, or leave out --host.",
        )
    if address.tls_cert is None:
        say.warning(
            f"on {address.host} without TLS, browsers give no camera and keep no secure cookie: "
            "interviews cannot be recorded there. Give --tls-cert and --tls-key."
        )


def prepare(layout: Layout, options: Options) -> Node | None:
    """Install and build what is missing; return the Node that development needs."""
    environment.prepare(layout, development=options.development)
    building.translations(layout)
    if options.development:
        need_free_port(options.address.host, VITE_PORT)
        return building.install_modules(layout)
    building.pages(layout)
    return None


def process_environment(layout: Layout, options: Options) -> dict[str, str]:
    """Return the environment of the back end's processes, but for the database."""
    environ = configured(layout)
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"):
        environ.pop(name, None)
    if "SECRET_KEY" not in environ and "SECRET_KEY_FILE" not in environ:
        environ["SECRET_KEY_FILE"] = str(secret_files.ensure(layout.secrets)["secret_key"])
    environ.setdefault("PUBLIC_URL", public_url(options))
    environ.setdefault("ALLOWED_HOSTS", ",".join(options.address.allowed_hosts()))
    environ.setdefault("LOG_DIR", str(layout.logs))
    environ.setdefault("JOBGATE_ENV", "default")
    forced = {
        "DJANGO_SETTINGS_MODULE": "jobgate.config.settings",
        "JOBGATE_HOME": str(layout.home),
        "FRONTEND_DIST": str(layout.dist),
        "DEBUG": str(options.development).lower(),
        "JOBGATE_DEMO": str(options.demo).lower(),
        "PYTHONUNBUFFERED": "1",
    }
    return {**environ, **forced}


def public_url(options: Options) -> str:
    """Return the base of the links in messages: in development the pages are Vite's."""
    if options.development:
        return f"http://{options.address.host}:{VITE_PORT}"
    return options.address.url


def start_children(
    layout: Layout,
    options: Options,
    supervisor: Supervisor,
    environ: dict[str, str],
    tool: Node | None,
) -> None:
    """Start the processes; return when the web process answers."""
    with say.step("Web and worker"):
        supervisor.start(web(layout, options, environ))
        supervisor.start(worker(layout, environ))
        if tool is not None:
            supervisor.start(vite(layout, options, environ, tool))
        if not supervisor.wait_until(lambda: answers(options.address), READY_SECONDS):
            raise Failure(codes.NOT_READY, not_ready(supervisor))


def not_ready(supervisor: Supervisor) -> str:
    """Return what to tell when the web process never answered."""
    said = [f"{child.name}:\n{child.last_words()}" for child in supervisor.children]
    return "\n".join(["JOBGATE did not become ready. The last that its processes said:", *said])


def child(
    layout: Layout, name: str, command: list[str], environ: dict[str, str], *marks: str
) -> Child:
    """Return a child of this run."""
    env = {**environ, "JOBGATE_PROCESS": name}
    return Child(name, command, env, layout.backend, layout.logs, layout.run, marks)


def web(layout: Layout, options: Options, environ: dict[str, str]) -> Child:
    """Return the one web process."""
    address = options.address
    command = [str(layout.python), "-m", "uvicorn", "jobgate.config.asgi:application"]
    command += ["--app-dir", str(layout.backend), "--host", address.host]
    command += ["--port", str(address.port), "--no-proxy-headers", "--no-server-header"]
    command += ["--timeout-graceful-shutdown", "3", "--no-access-log"]
    # uvloop, the default where it is there, accepts one connection a turn: whoever comes waits for
    # seconds while many send.
    command += ["--loop", "asyncio"]
    if address.tls_cert is not None:
        command += ["--ssl-certfile", str(address.tls_cert), "--ssl-keyfile", str(address.tls_key)]
    if options.development:
        command += ["--reload", "--reload-dir", str(layout.backend / "jobgate")]
    return child(layout, "web", command, environ, "jobgate.config.asgi")


def worker(layout: Layout, environ: dict[str, str]) -> Child:
    """Return the one worker."""
    command = [str(layout.python), str(layout.backend / "manage.py"), "worker"]
    command += ["--shutdown-graceful-timeout", str(WORKER_GRACE_SECONDS)]
    return child(layout, "worker", command, environ, "manage.py", "worker")


def vite(layout: Layout, options: Options, environ: dict[str, str], tool: Node) -> Child:
    """Return Vite's development server, which hands API calls to the web process."""
    script = layout.frontend / "node_modules" / "vite" / "bin" / "vite.js"
    command = [str(tool.node), str(script), "--port", str(VITE_PORT), "--strictPort"]
    command += ["--host", options.address.host]
    env = tool.environment({**environ, "BACKEND_URL": options.address.local_url})
    return Child("vite", command, env, layout.frontend, layout.logs, layout.run, ("vite.js",))


def answers(address: Address) -> bool:
    """Tell whether the web process says that it is well."""
    context = ssl.create_default_context()
    # It is this machine's own process that is asked, whatever its certificate says.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    try:
        with opener.open(f"{address.local_url}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def make_demo(layout: Layout, environ: dict[str, str]) -> None:
    """Make the demo company; it prints its logins and a candidate's link."""
    say.line("  Demo:")
    manage = [str(layout.python), str(layout.backend / "manage.py"), "demo"]
    done = subprocess.run(manage, env=environ, cwd=layout.backend, check=False)  # noqa: S603
    if done.returncode:
        raise Failure(codes.FAILED, "The demo could not be made; the reason is above.")


def announce(options: Options) -> None:
    """Say in one line where to open it."""
    say.line(f"\nJOBGATE is open at {public_url(options)}/ (Ctrl-C stops it)")
