"""Compare a contract that is generated with the one that is committed."""

import difflib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LONGEST_DIFF = 60


def openapi_command(root: Path, made: Path) -> tuple[list[str], Path]:
    """Return the command that writes the OpenAPI description, and its folder."""
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--file", str(made)]
    return command, root / "backend"


def types_command(root: Path, made: Path) -> tuple[list[str], Path]:
    """Return the command that writes the TypeScript types, and its folder."""
    program = root / "frontend" / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    contract = root / "backend" / "openapi.yaml"
    return ["node", str(program), str(contract), "-o", str(made)], root / "frontend"


KINDS = {
    "openapi": (openapi_command, "backend/openapi.yaml", "manage.py spectacular"),
    "types": (types_command, "frontend/src/api/schema.gen.ts", "npm run api:types"),
}


def differences(committed: Path, made: Path) -> list[str]:
    """Return the lines of a diff from what is committed to what is generated."""
    before = committed.read_text(encoding="utf-8") if committed.exists() else ""
    after = made.read_text(encoding="utf-8")
    names = (f"{committed.name} (committed)", f"{committed.name} (generated)")
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm=""))


def main(kind: str, root: Path) -> int:
    """Generate one contract anew and tell how it differs."""
    build, committed, remedy = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / Path(committed).name
        command, where = build(root, made)
        done = subprocess.run(  # noqa: S603 -- built above
            command, cwd=where, env=os.environ, check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(done.stdout + done.stderr)  # noqa: T201 -- the check's own output
            return 1
        lines = differences(root / committed, made)
    if lines:
        print("\n".join(lines[:LONGEST_DIFF]))  # noqa: T201 -- as above
        print(f"\n{committed} is not what `{remedy}` makes: run it and commit.")  # noqa: T201
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
