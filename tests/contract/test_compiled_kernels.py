"""No kernel is compiled twice, whatever is planned and asked: the first plan of a day waits for it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_kernel_is_compiled_twice() -> None:
    # A process of its own: other tests hand kernels whatever arrays they like.
    jit = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    command = [sys.executable, "-m", "tests.contract.compiled_kernels"]
    ran = subprocess.run(command, capture_output=True, text=True, env=jit, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr
    versions = {name: int(number) for name, number in map(str.split, ran.stdout.splitlines())}
    assert len(versions) > 50
    assert {name: number for name, number in versions.items() if number > 1} == {}
    for kernel in (
        "schedule.lanes.label_route",
        "engines.lns.obstacle.examine",
        "engines.lns.openings.openings",
    ):
        assert versions[f"optimizer.{kernel}"] == 1, kernel
