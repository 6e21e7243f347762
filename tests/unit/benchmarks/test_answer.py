import sys

import pytest

from benchmarks.peers.base import Route, vroom_routes
from benchmarks.process import run


def test_vroom_answers_give_service_and_break_starts_after_waiting() -> None:
    steps = [
        {"type": "start", "arrival": 28800},
        {"type": "job", "id": 7, "arrival": 30000, "waiting_time": 600, "setup": 60, "service": 3600},
        {"type": "break", "id": 1, "arrival": 40000, "waiting_time": 1400, "service": 3600},
        {"type": "end", "arrival": 50000},
    ]
    answer = {
        "routes": [{"vehicle": 3, "steps": steps}, {"vehicle": 4, "steps": [steps[0], steps[2], steps[3]]}]
    }
    assert vroom_routes(answer) == (Route(3, ((7, 30660),), 41400),)


def test_a_command_reads_its_text_and_its_memory_is_seen() -> None:
    program = "import sys, time; held = bytearray(60 * 2**20); time.sleep(0.2); print(sys.stdin.read() * 2)"
    output, peak_mb = run([sys.executable, "-c", program], b"ab")
    assert output.strip() == b"abab"
    assert 60 < peak_mb < 120


def test_a_failing_command_says_why() -> None:
    with pytest.raises(RuntimeError, match="ended with 3: out of paper"):
        run([sys.executable, "-c", "import sys; sys.stderr.write('out of paper'); sys.exit(3)"], b"")
