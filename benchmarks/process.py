"""Running commands and benchmarks in processes of their own, and how much memory a process took at most."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

POLL_S: Final = 0.02
"""How often a running command's peak memory is read, seconds."""


def run(command: list[str], text: bytes) -> tuple[bytes, float]:
    """Run a command with this standard input; return its output and its peak memory in MiB.

    Raises
    ------
    RuntimeError
        If the command fails; with the end of what it complained about.
    """
    scratch = tempfile.TemporaryFile
    with scratch() as given, scratch() as output, scratch() as errors:
        given.write(text)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=output, stderr=errors)
        peak_mb = 0.0
        while process.poll() is None:
            peak_mb = max(peak_mb, peak_memory_mb(process.pid))
            time.sleep(POLL_S)
        if process.returncode:
            errors.seek(0)
            # one line, without the boxes drawn around messages
            words = errors.read().decode(errors="replace").split()
            complaint = " ".join(word for word in words if word.isascii())[-300:]
            raise RuntimeError(f"{' '.join(command[1:4])} ended with {process.returncode}: {complaint}")
        output.seek(0)
        return output.read(), peak_mb


def peak_memory_mb(pid: int | str) -> float:
    """Return the highest resident memory of a process since it began its program, MiB; 0 once it is gone.

    The kernel's `VmHWM` counts the program alone; `getrusage` would also count what the parent held.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def measured_alone(benchmark: str, run: dict[str, Any], core: int) -> dict[str, Any]:
    """Do one run of a benchmark in a process of its own on one core; return what it measured, and how it ended.

    Parameters
    ----------
    benchmark : the subcommand, which takes the run after ``--one`` and prints what it measured as its last line
    run : what to measure
    core : the core the process is pinned to

    Returns
    -------
    `status` is `ok`, `invalid` where the independent checker found something, or `failed`, with a `reason`
    """
    command = ["taskset", "-c", str(core), sys.executable, "-m", "benchmarks", benchmark]
    process = subprocess.run([*command, "--one", json.dumps(run)], capture_output=True, text=True)
    if process.returncode:
        return {"status": "failed", "reason": (process.stderr.strip().splitlines() or [""])[-1]}
    measured: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return {"status": "invalid" if measured["findings"] else "ok", **measured}
