"""The measurements of bench/ still run. What they say of time is not looked at here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.layout import ROOT


@pytest.mark.parametrize("name", ["upload_peers", "upload_load", "stop_to_playable"])
def test_a_measurement_runs_and_prints_its_table(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", "--quick"],
        cwd=ROOT,
        env={**os.environ, "BENCH_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert "| --- |" in done.stdout
