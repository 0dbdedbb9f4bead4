"""Every place that could step round the tenant's scope, and every broad `except`, is listed here.

A new one needs a line below, with its reason, in the same commit.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "jobgate"

# (file, function) → {how: why}
LISTED: dict[tuple[str, str], dict[str, str]] = {
    ("config/pages.py", "health"): {"cursor": "asks the database whether it answers"},
    ("core/background.py", "_is_the_only_repair"): {"cursor": "takes an advisory lock"},
    ("core/background.py", "_take_job"): {"cursor": "reads the queue, which carries the tenant"},
    ("core/background.py", "run_waiting_jobs"): {"cursor": "removes a job that a test ran"},
    ("core/management/commands/grant_app_role.py", "Command.handle"): {
        "cursor": "grants rights to a role"
    },
    ("interviews/admin.py", "OperatorAdmin.rendered"): {
        "all_tenants": "the installation's operator reads, at /admin/"
    },
    ("interviews/services/entering.py", "find_by_token"): {
        "all_tenants": "a candidate's link does not name its organisation"
    },
    ("interviews/services/expiry.py", "expire_sessions"): {
        "all_tenants": "finds the sessions to expire; each is changed in its own scope"
    },
    ("interviews/services/expiry.py", "abandon_takes"): {
        "all_tenants": "finds the attempts to give up; each is changed in its own scope"
    },
    ("interviews/services/handing_over.py", "_find"): {
        "all_tenants": "a code on a screen does not name its organisation"
    },
    ("interviews/services/imports.py", "forget_lines"): {
        "all_tenants": "finds the lists to forget; each is emptied in its own scope"
    },
    ("interviews/services/leasing.py", "note_silence"): {
        "all_tenants": "finds the silent pages; each is noted in its own scope"
    },
    ("interviews/services/joining.py", "_find"): {
        "all_tenants": "a public link does not name its organisation"
    },
    ("interviews/services/reminding.py", "remind"): {
        "all_tenants": "finds whom to remind; each is written to in its own scope"
    },
    ("media/child/__main__.py", "outcome_of"): {
        "broad except": "the edge of a process: the parent is told"
    },
    ("media/sweeping.py", "sweep"): {
        "all_tenants": "finds what is stuck; each is healed in its own scope"
    },
    ("media/tidying.py", "remove_spent_files"): {
        "all_tenants": "finds files that are not needed; each is removed in its own scope"
    },
    ("media/upload/application.py", "converse"): {
        "broad except": "the edge of a raw route: its sender gets the usual shape of an error"
    },
    ("media/upload/writing.py", "Writing.take_whole"): {
        "broad except": "takes back what nobody was told of, and raises on"
    },
    ("media/upload/writing.py", "Writing.write"): {
        "broad except": "cuts what is unchecked, and raises on"
    },
    ("notifications/realtime/channel.py", "announce"): {"cursor": "calls pg_notify"},
    ("notifications/realtime/listener.py", "Listener._listen"): {
        "own connection": "hears NOTIFY, reads no table"
    },
}

ATTRIBUTES = {"_base_manager", "_default_manager", "raw", "extra", "_raw_delete", "cursor"}
CALLS = {"all_tenants", "QuerySet", "RawSQL"}


class Finder(ast.NodeVisitor):
    """Collect (function, how) of a module."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()
        self.path: list[str] = []

    def add(self, how: str) -> None:
        self.found.add((".".join(self.path) or "<module>", how))

    def enter(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.path.append(node.name)
        self.generic_visit(node)
        self.path.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = enter  # noqa: N815

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in ATTRIBUTES:
            self.add(node.attr)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        text = ast.unparse(node.func)
        name = text.rpartition(".")[2]
        if name in CALLS:
            self.add(name)
        if (name == "connect" and "onnection" in text) or text == "psycopg.connect":
            self.add("own connection")
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        caught = ast.unparse(node.type) if node.type else "BaseException"
        if {"Exception", "BaseException"} & set(caught.strip("()").replace(" ", "").split(",")):
            self.add("broad except")
        self.generic_visit(node)


def find(source: str) -> set[tuple[str, str]]:
    finder = Finder()
    finder.visit(ast.parse(source))
    return finder.found


def places() -> Iterator[tuple[str, str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        if "/tests/" in file or "/migrations/" in file or file == "core/tenancy.py":
            continue
        for function, how in find(path.read_text(encoding="utf-8")):
            yield file, function, how


def test_every_place_is_listed_and_every_line_of_the_list_is_a_place() -> None:
    listed = {(*place, how) for place, reasons in LISTED.items() for how in reasons}
    found = set(places())
    assert found - listed == set(), "not listed"
    assert listed - found == set(), "listed, and there no more"


def test_every_line_says_why() -> None:
    assert all(why for reasons in LISTED.values() for why in reasons.values())


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("with all_tenants('x'): pass", "all_tenants"),
        ("with tenancy.all_tenants('x'): pass", "all_tenants"),
        ("Campaign._base_manager.all()", "_base_manager"),
        ("type(row)._default_manager.get()", "_default_manager"),
        ("Campaign.objects.raw('SELECT 1')", "raw"),
        ("rows.extra(where=['1=1'])", "extra"),
        ("rows.annotate(x=RawSQL('1', []))", "RawSQL"),
        ("QuerySet(Campaign).all()", "QuerySet"),
        ("connection.cursor()", "cursor"),
        ("connections['default'].cursor()", "cursor"),
        ("psycopg.connect('')", "own connection"),
        ("await psycopg.AsyncConnection.connect()", "own connection"),
        ("try: x\nexcept Exception: pass", "broad except"),
        ("try: x\nexcept (OSError, BaseException): pass", "broad except"),
        ("try: x\nexcept: pass", "broad except"),
    ],
)
def test_it_is_seen(source: str, how: str) -> None:
    assert find(source) == {("<module>", how)}


@pytest.mark.parametrize(
    "source",
    [
        "Campaign.objects.filter(title='raw')",
        "with tenant_scope(x): Campaign.objects.all()",
        "try: x\nexcept (OSError, ValueError): pass",
        "class Rows(QuerySet['Row']): pass",
    ],
)
def test_it_is_left_alone(source: str) -> None:
    assert find(source) == set()


def test_the_function_is_named() -> None:
    assert find("class A:\n  def b(self): connection.cursor()") == {("A.b", "cursor")}
