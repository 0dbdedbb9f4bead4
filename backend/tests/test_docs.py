"""The documents say what is there: links, tests and settings that they name exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend"
SETTINGS = BACKEND / "jobgate" / "config" / "settings.py"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
NAMED_TEST = re.compile(r"`([\w./-]+\.(?:py|tsx?|mjs))::([^`]*)`")
READ = re.compile(r'env\.\w+\(\s*"([A-Z0-9_]+)"')
# Where the requirements' short paths begin.
BELOW = (ROOT, BACKEND / "jobgate", ROOT / "frontend")


def named_tests() -> Iterator[tuple[str, str]]:
    text = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    yield from sorted(set(NAMED_TEST.findall(text)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize(("file", "name"), list(named_tests()))
def test_every_test_that_shows_a_requirement_exists(file: str, name: str) -> None:
    found = [folder / file for folder in BELOW if (folder / file).is_file()]
    assert found
    assert name in found[0].read_text(encoding="utf-8")


def test_every_setting_is_described() -> None:
    described = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = set(READ.findall(SETTINGS.read_text(encoding="utf-8")))
    assert len(names) > 30
    assert sorted(name for name in names if f"`{name}`" not in described) == []
