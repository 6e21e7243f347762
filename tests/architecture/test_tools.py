"""Style, types and import contracts hold over the whole project."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.project import ROOT

TOOLS = {
    "ruff": [sys.executable, "-m", "ruff", "check"],
    "mypy": [sys.executable, "-m", "mypy"],
    "import contracts": [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_to_complain_about(tool: str) -> None:
    done = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
