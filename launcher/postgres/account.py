"""The account PostgreSQL runs as: itself for a normal user; for root, one that is not root."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher import codes, commands, kernel
from launcher.failure import Failure

if sys.platform != "win32":
    import pwd

DISTRIBUTION, OURS, ON_EVERY_SYSTEM = "postgres", "jobgate", "daemon"


@dataclass(frozen=True)
class Account:
    """An account to drop to, and whether it needs to be let through private folders."""

    name: str
    uid: int
    gid: int
    pass_folders: bool = False

    def become(self) -> None:
        """Change the current process to this account, for good."""
        kernel.become(self.uid, self.gid, pass_folders=self.pass_folders)

    def own(self, path: Path) -> None:
        """Give a file or folder, with all that is in it, to the account."""
        os.chown(path, self.uid, self.gid)
        for parent, folders, names in os.walk(path):
            for name in (*folders, *names):
                os.chown(Path(parent, name), self.uid, self.gid, follow_symlinks=False)


def is_root() -> bool:
    """Tell whether this is root, which PostgreSQL refuses to run as."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def may_enter(folder: Path, uid: int, gid: int) -> bool:
    """Tell whether an account may go through a folder, as its permission bits say."""
    status = folder.stat()
    if status.st_uid == uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def may_reach(path: Path, uid: int, gid: int) -> bool:
    """Tell whether an account may reach a folder through all that are above it."""
    folder = path.resolve()
    return all(may_enter(one, uid, gid) for one in (folder, *folder.parents))


def find_entry() -> "pwd.struct_passwd | None":
    """Return an account for PostgreSQL; make one of our own if there is none."""
    found = _entry(DISTRIBUTION) or _entry(OURS)
    if found is None and shutil.which("useradd"):
        commands.answer(["useradd", "--system", "--no-create-home", OURS])
    return found or _entry(OURS) or _entry(ON_EVERY_SYSTEM)


def _entry(name: str) -> "pwd.struct_passwd | None":
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def choose(*needed: Path) -> Account | None:
    """Return the account to drop to, or None when this is not root; it must reach `needed`."""
    if not is_root():
        return None
    entry = find_entry()
    if entry is None:
        raise Failure(
            codes.POSTGRES_FAILED,
            "PostgreSQL does not run as root, and this system has no account to run it as. "
            "Make one named jobgate, or start JOBGATE as a normal user.",
        )
    reached = all(may_reach(path, entry.pw_uid, entry.pw_gid) for path in needed)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, pass_folders=not reached)


def dropping(account: Account | None) -> Callable[[], None] | None:
    """Return what a child calls to become the account."""
    return None if account is None else account.become
