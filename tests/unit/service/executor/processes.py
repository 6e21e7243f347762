"""Other processes, as the tests of executors see them."""

import os
import sys
import time
from pathlib import Path

from tests.unit.service.executor.tasks import PATIENCE_S


def environ() -> dict[str, str]:
    """Return the environment of a process that imports what this one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def runs(pid: int) -> bool:
    """Tell whether a process computes; one that has ended and waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for_end(pids: list[int]) -> None:
    """Wait until none of these processes computes."""
    until_s = time.monotonic() + PATIENCE_S
    while any(runs(pid) for pid in pids):
        assert time.monotonic() < until_s, "a worker goes on without its server"
        time.sleep(0.01)
