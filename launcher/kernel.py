"""The few Linux calls that Python has no name for; each does nothing on another system."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def die_with_parent(parent: int, death: signal.Signals) -> None:
    """Ask the kernel for a signal when the launcher is gone, however it went."""
    if LIBC is None:
        return
    _check(LIBC.prctl(PR_SET_PDEATHSIG, int(death), 0, 0, 0))
    if os.getppid() != parent:
        os._exit(1)


def become(uid: int, gid: int, *, pass_folders: bool) -> None:
    """Drop root for another account; with `pass_folders`, still go through private folders."""
    if pass_folders and LIBC is not None:
        # Else the change of account takes the right away, and access(2) never counts it.
        _check(LIBC.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([gid])
    os.setgid(gid)
    os.setuid(uid)
    if pass_folders and LIBC is not None:
        _keep_only(CAP_DAC_OVERRIDE)


def _keep_only(capability: int) -> None:
    assert LIBC is not None  # noqa: S101 -- narrows the type; the caller asked already
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)()
    data[0].effective = data[0].permitted = data[0].inheritable = 1 << capability
    _check(LIBC.capset(ctypes.byref(header), data))
    _check(LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))


def before_exec(
    death: signal.Signals, become_other: Callable[[], None] | None = None
) -> Callable[[], None] | None:
    """Return what a child does between fork and exec; nothing where there is no fork."""
    if os.name == "nt":
        return None
    parent = os.getpid()

    def prepare() -> None:
        if become_other is not None:
            become_other()
        # After the change of account, which would clear it.
        die_with_parent(parent, death)

    return prepare
