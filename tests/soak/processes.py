"""Processes of this machine, as Linux tells of them."""

import os
import time
from pathlib import Path
from typing import Final

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have started."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (stat := _stat(int(folder.name))):
            parents[int(folder.name)] = int(stat[1])
    found = [pid]
    for one in found:  # grows while it is gone through
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def lives(pid: int) -> bool:
    """Tell whether a process goes on; one that has ended and waits to be buried does not."""
    stat = _stat(pid)
    return bool(stat) and stat[0] != "Z"


def seconds_until_gone(pids: list[int], patience_s: float = 60.0) -> float:
    """Wait until none of these processes lives, and return how long that took."""
    began_s = time.monotonic()
    while left := [pid for pid in pids if lives(pid)]:
        waited_s = time.monotonic() - began_s
        assert waited_s < patience_s, f"{[command(pid) for pid in left]} go on without their server"
        time.sleep(0.02)
    return time.monotonic() - began_s


def command(pid: int) -> str:
    """Return how a process was started; empty: it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def resident_mb(pid: int) -> float:
    """Return the memory a process has at hand, in megabytes; 0: it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0


def handles(pid: int) -> int:
    """Return how many files, pipes and sockets a process has open; 0: it is gone."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def _stat(pid: int) -> list[str]:
    """Return state, parent and so on; empty: it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
