"""Take away from this process what reading a file does not need."""

import ctypes
import os
import signal
import sys
from dataclasses import dataclass

CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True)
class Limits:
    """What a job may use."""

    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 120
    file_bytes: int = 4 * 1024 * 1024 * 1024
    open_files: int = 64
    streams: int = 4
    pixels: int = 4096 * 2304
    duration_ms: int = 2 * 60 * 60 * 1000
    # No browser leaves such a hole: where a file is over its limit, time has leapt there.
    longest_gap_seconds: int = 60
    # How far it stands back for others, as `nice` says.
    niceness: int = 0


def enter(limits: Limits) -> bool:
    """Apply the limits and leave the network; return whether the network is gone."""
    os.environ.clear()
    isolated = sys.platform.startswith("linux") and isolate()
    if sys.platform != "win32":
        os.nice(limits.niceness)
        set_resource_limits(limits)
    return isolated


def isolate() -> bool:
    """Die with the parent, gain no privilege, and leave the network where that is permitted."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    flags = (CLONE_NEWUSER | CLONE_NEWNET, CLONE_NEWNET)
    return any(libc.unshare(flag) == 0 for flag in flags)


def set_resource_limits(limits: Limits) -> None:
    import resource

    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in wanted.items():
        hard = resource.getrlimit(kind)[1]
        value = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        # A second more before the hard limit, so that the end has the name SIGXCPU.
        reserve = 1 if kind == resource.RLIMIT_CPU and value == amount else 0
        resource.setrlimit(kind, (value, value + reserve))
