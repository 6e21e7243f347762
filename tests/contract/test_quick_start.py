"""The service's README says how to begin; what it says is run as it stands."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.architecture.project import ROOT

pytestmark = pytest.mark.slow

README = (ROOT / "service" / "README.md").read_text(encoding="utf-8")
SERVE, *SHELL = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
(PYTHON,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
USUAL = "127.0.0.1:8470"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where ``paigong`` is the program of this checkout, on an empty store and a port of its own."""
    folder = tmp_path_factory.mktemp("quick-start")
    program = folder / "paigong"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "import service.cli; service.cli.main()" "$@"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    python_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": python_path,
        "PAIGONG_DATA": str(folder / "data"),
        "PAIGONG_PORT": str(_free_port()),
    }


@pytest.fixture(scope="module")
def address(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the service with the README's own words."""
    with (tmp_path_factory.mktemp("log") / "log.txt").open("w") as log:
        server = subprocess.Popen(
            ["sh", "-c", f"exec {SERVE}"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        where = f"127.0.0.1:{environment['PAIGONG_PORT']}"
        try:
            for _ in range(1200):
                assert server.poll() is None, "the service has ended"
                try:
                    if httpx.get(f"http://{where}/health/ready").is_success:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.1)
            yield where
        finally:
            server.terminate()
            server.wait(40)


def _run(command: list[str], environment: dict[str, str], folder: Path) -> str:
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_curl(environment: dict[str, str], address: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine; install Debian's package: apt-get install curl")
    said = _run(["sh", "-ec", "".join(SHELL).replace(USUAL, address)], environment, tmp_path)
    assert '"state":"published"' in said
    for page in ("orders.html", "study.html"):
        assert "<!DOCTYPE html>" in (tmp_path / page).read_text(encoding="utf-8")


def test_python(environment: dict[str, str], address: str, tmp_path: Path) -> None:
    said = _run([sys.executable, "-c", PYTHON.replace(USUAL, address)], environment, tmp_path).splitlines()
    assert said[0] == "queued"
    assert re.fullmatch(r"\d+ jobs for \d+ cents", said[-2])
    assert said[-1].startswith("published ")
