"""The command as the shell sees it."""

import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has seen enough
    with os.fdopen(writing, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "optimizer", "schema"], stdout=output, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == -signal.SIGPIPE  # a shell shows 141
    assert done.stderr == b""
