"""The command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import codes, up
from launcher.address import Address
from launcher.failure import Failure, disk_full, is_disk_full
from launcher.layout import Layout, find_layout, make_home
from launcher.processes import Stop

EXIT_CODES = "exit codes:\n" + "\n".join(f"  {c:3}  {text}" for c, text in codes.MEANING.items())
HOME_HELP = "JOBGATE_HOME says where data live (default: var/ in the checkout)."


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="jobgate",
        description=f"Video interviews, from one command. {HOME_HELP}",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    starting = commands.add_parser("up", help="install, build and start everything")
    add_address(starting)
    starting.add_argument("--tls-cert", type=Path, help="certificate chain (PEM)")
    starting.add_argument("--tls-key", type=Path, help="private key (PEM)")
    add_address(commands.add_parser("dev", help="the same with live reload on both sides"))
    testing = commands.add_parser("test", help="run the tests")
    testing.add_argument("parts", nargs="*", metavar="launcher|python|web|e2e", help="default: all")
    checks = commands.add_parser("check", help="run the quick checks")
    checks.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    managing = commands.add_parser("manage", help="run a command of Django on these data")
    managing.add_argument("rest", nargs=argparse.REMAINDER, metavar="COMMAND …")
    return parser


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add the options that `up` and `dev` share."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--demo", action="store_true", help="add a demo company and print logins")
    parser.set_defaults(tls_cert=None, tls_key=None)


def start(layout: Layout, options: argparse.Namespace) -> int:
    """Run `up` or `dev`."""
    cert, key = (path and path.absolute() for path in (options.tls_cert, options.tls_key))
    address = Address(options.host, options.port, cert, key)
    wanted = up.Options(address, demo=options.demo, development=options.command == "dev")
    return up.run(layout, wanted)


def split_extra(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off what follows `--`: it goes to the tests' own runner."""
    if "--" not in arguments:
        return list(arguments), []
    at = list(arguments).index("--")
    return list(arguments[:at]), list(arguments[at + 1 :])


def dispatch(arguments: Sequence[str]) -> int:
    """Run the command that was asked for."""
    own, extra = split_extra(arguments)
    options = build_parser().parse_args(own)
    layout = find_layout()
    make_home(layout)
    if options.command == "test":
        from launcher import testing  # noqa: PLC0415 -- `up` starts faster without

        return testing.run(layout, options.parts, extra)
    if options.command == "check":
        from launcher import checking  # noqa: PLC0415 -- as above

        return checking.run(layout, options.names)
    if options.command == "manage":
        from launcher import managing  # noqa: PLC0415 -- as above

        return managing.run(layout, options.rest)
    return start(layout, options)


def main(arguments: Sequence[str]) -> int:
    """Run a command; a failure becomes a sentence and its code."""
    try:
        return dispatch(arguments)
    except Failure as failure:
        return tell(failure)
    except OSError as error:
        if is_disk_full(error):
            return tell(disk_full(Path(error.filename or ".")))
        if isinstance(error, PermissionError):
            return tell(not_allowed(error))
        raise
    except (Stop, KeyboardInterrupt):
        print("\nStopped.", flush=True)  # noqa: T201 -- the command's own output
        # A server is done when it is stopped; checks and tests are not.
        return codes.OK if arguments[0] in ("up", "dev") else codes.INTERRUPTED


def not_allowed(error: PermissionError) -> Failure:
    """Return the failure for files of another account."""
    return Failure(
        codes.STEP_FAILED,
        f"This account may not write {error.filename}: another account made it. "
        "Run as that account, or set JOBGATE_HOME to a folder of your own.",
    )


def tell(failure: Failure) -> int:
    """Print the sentence; return the code."""
    print(f"\n{failure.sentence}", file=sys.stderr, flush=True)  # noqa: T201 -- as above
    return failure.code
