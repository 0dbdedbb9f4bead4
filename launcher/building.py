"""What is built before anything runs: the pages and the compiled translations."""

import os
from pathlib import Path

from launcher import commands, environment, node, say, steps
from launcher.layout import Layout

NODE_MODULES_MEGABYTES = 600
DIST_MEGABYTES = 50
# What one try downloaded is kept for the next, so that a slow network gets there too.
INSTALL_TRIES = 4
INSTALL_SECONDS = 300.0


def modules_step(layout: Layout, tool: node.Node) -> steps.Step:
    """Return the step that installs what the front end's lock file names."""
    return steps.Step(
        "node-modules",
        "Front end packages",
        steps.fingerprint(
            [tool.version],
            [layout.frontend / "package.json", layout.frontend / "package-lock.json"],
        ),
        layout.frontend / "node_modules" / ".package-lock.json",
        NODE_MODULES_MEGABYTES,
        lambda: install_packages(layout, tool),
    )


def install_packages(layout: Layout, tool: node.Node) -> None:
    """Install the packages; try again when a download stalls, which npm itself never notices."""
    for tries_left in reversed(range(INSTALL_TRIES)):
        try:
            run_npm(layout, tool, "ci", "--no-audit", "--no-fund", limit_seconds=INSTALL_SECONDS)
        except commands.Stalled:
            if not tries_left:
                raise
            say.warning("the download of the front end's packages stalled; trying again.")
        else:
            return


def run_npm(
    layout: Layout, tool: node.Node, *arguments: str, limit_seconds: float | None = None
) -> None:
    """Run npm in the front end's folder."""
    commands.run_logged(
        [*tool.npm, *arguments],
        layout.logs / f"npm-{arguments[0]}.log",
        cwd=layout.frontend,
        env=tool.environment({**os.environ, "NO_COLOR": "1"}),
        what=f"npm {arguments[0]}",
        limit_seconds=limit_seconds,
    )


def pages_step(layout: Layout, tool: node.Node) -> steps.Step:
    """Return the step that builds both pages."""
    sources = steps.files_below(layout.frontend)
    return steps.Step(
        "pages",
        "Pages",
        steps.fingerprint([tool.version], sources),
        layout.dist / "index.html",
        DIST_MEGABYTES,
        lambda: run_npm(layout, tool, "run", "build"),
    )


def install_modules(layout: Layout) -> node.Node:
    """Install the front end's packages and return the Node that did."""
    tool = node.find(layout)
    steps.do(layout.stamps, modules_step(layout, tool))
    return tool


def pages(layout: Layout) -> None:
    """Build the pages when a source of theirs changed."""
    steps.do(layout.stamps, pages_step(layout, install_modules(layout)))


def compile_translations(layout: Layout) -> None:
    """Turn every .po of the back end into the .mo that Django reads."""
    babel = [str(layout.python), "-m", "babel.messages.frontend", "compile"]
    commands.run_logged(
        [*babel, "-D", "django", "-d", str(locale(layout))],
        layout.logs / "translations.log",
        what="Compiling the translations",
    )


def locale(layout: Layout) -> Path:
    """Return the folder of the back end's translations."""
    return layout.backend / "jobgate" / "locale"


def translations(layout: Layout) -> None:
    """Compile the translations when one changed."""
    sources = list(steps.files_below(locale(layout), (".po",)))
    if not sources:
        return
    depends_on = steps.fingerprint([environment.venv_step(layout).depends_on], sources)
    steps.do(
        layout.stamps,
        steps.Step(
            "translations",
            "Translations",
            depends_on,
            sources[-1].with_suffix(".mo"),
            1,
            lambda: compile_translations(layout),
        ),
    )
