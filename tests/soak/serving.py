"""A real ``paigong serve``: started, killed, stopped and started again."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.soak.processes import children, command

PATIENCE_S: Final = 120.0
"""Who waits longer for anything has found a mistake; a loaded machine may well need half a minute."""

_PROGRAM: Final = """
import ctypes, signal
ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: a soak that is broken off leaves nobody behind
from service.cli import main
main()
"""


class Serving:
    """The service in a process of its own; it listens at another port after each start.

    Parameters
    ----------
    folder : for its data and its log
    environ : settings beside the usual ones, e.g. ``PAIGONG_WORKERS``
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PAIGONG_")}
        own = {"PAIGONG_DATA": str(folder / "data"), "PAIGONG_CACHE": "off"}
        path = os.pathsep.join(os.path.abspath(place) for place in sys.path)
        self._environ = {**kept, **own, **environ, "PYTHONPATH": path}
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""
        """Where it listens; empty: it does not."""

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def log(self) -> list[str]:
        """Return what it has written to its log, of all its lives."""
        return self._log.read_text(errors="replace").splitlines()

    def begin(self) -> None:
        """Start it and do not wait."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, "serve", "--port", "0"],
                env=self._environ,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_it_listens(self) -> None:
        """Wait for the line that says where it listens."""
        assert self._process is not None
        assert self._process.stdout is not None
        said, until_s = b"", time.monotonic() + PATIENCE_S
        while b"\n" not in said:
            ready, _, _ = select.select([self._process.stdout], [], [], until_s - time.monotonic())
            more = os.read(self._process.stdout.fileno(), 4096) if ready else b""
            assert more, f"it does not listen: {self.log()[-20:]}"
            said += more
        self.url = said.decode().split()[3]

    def wait_until_ready(self) -> None:
        """Wait until all its processes are warm."""
        until_s = time.monotonic() + PATIENCE_S
        while True:
            try:
                if httpx.get(f"{self.url}/health/ready").is_success:
                    return
            except httpx.TransportError:
                pass
            assert time.monotonic() < until_s, f"it does not get ready: {self.log()[-20:]}"
            time.sleep(0.1)

    def children(self) -> list[int]:
        """Return all processes it has started."""
        return children(self.pid)

    def workers(self) -> list[int]:
        """Return the processes that compute runs."""
        return [pid for pid in self.children() if "service.executor.local" in command(pid)]

    def kill(self) -> list[int]:
        """Kill it without a warning and return what it had started."""
        left = self.children()
        self._end(signal.SIGKILL)
        return left

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def _end(self, kind: signal.Signals) -> None:
        process, self._process, self.url = self._process, None, ""
        if process is None:
            return
        process.send_signal(kind)
        assert process.stdout is not None
        with process.stdout:
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@contextmanager
def serving(folder: Path, environ: Mapping[str, str], *, ready: bool = True) -> Iterator[Serving]:
    """Serve while a block is worked through.

    Parameters
    ----------
    folder : for data and log
    environ : settings, e.g. ``PAIGONG_WORKERS``
    ready : wait until all its processes are warm
    """
    one = Serving(folder, environ)
    try:
        one.begin()
        one.wait_until_it_listens()
        if ready:
            one.wait_until_ready()
        yield one
    finally:
        one.stop()
