"""The front end's packages, downloaded by a pretended npm."""

import sys
from pathlib import Path

import pytest

from launcher import building, codes, node
from launcher.commands import Stalled
from launcher.layout import Layout

# Hangs as often as it was told, then does its work.
NPM = """
import pathlib, sys, time
left = pathlib.Path("left")
n = int(left.read_text())
left.write_text(str(n - 1))
if n > 0:
    time.sleep(600)
pathlib.Path("done").touch()
"""


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.setattr(building, "INSTALL_SECONDS", 1.5)
    layout = Layout(tmp_path, tmp_path / "home")
    layout.frontend.mkdir()
    return layout


def npm(layout: Layout, stalls: int) -> node.Node:
    (layout.frontend / "left").write_text(str(stalls))
    program = layout.frontend / "npm.py"
    program.write_text(NPM)
    return node.Node(Path(sys.executable), (sys.executable, str(program)), "v22.0.0")


def test_a_download_that_stalls_is_begun_again(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    building.install_packages(layout, npm(layout, stalls=1))
    assert (layout.frontend / "done").exists()
    assert "stalled; trying again" in capsys.readouterr().err


def test_one_that_always_stalls_is_no_network(layout: Layout) -> None:
    with pytest.raises(Stalled) as failure:
        building.install_packages(layout, npm(layout, stalls=100))
    assert failure.value.code == codes.NO_NETWORK
    assert not (layout.frontend / "done").exists()
