"""Paigong itself, through the door its users have: a VROOM request on standard input of the command line."""

import json
import sys
from dataclasses import dataclass

from benchmarks.days import Day, generate
from benchmarks.peers.base import Answer, vroom_routes
from benchmarks.process import run


@dataclass(frozen=True)
class Ours:
    """`paigong vroom` on one thread, in a process of its own."""

    name: str = "ours"

    def prepare(self) -> None:
        """Run a small day once, so that the kernels are compiled and cached on disk."""
        self.solve(generate("20-100", 0), 1.0, 0)

    def solve(self, day: Day, seconds: float, seed: int) -> Answer:
        """Run the command; the clock is the answer's own, from the parsed request and with the matrices."""
        command = [sys.executable, "-m", "optimizer", "vroom"]
        command += ["--time", f"{seconds:g}", "--seed", str(seed), "--threads", "1"]
        output, peak_mb = run(command, json.dumps(day.vroom_request()).encode())
        answer = json.loads(output)
        clock_ms = sum(
            answer["summary"]["computing_times"][part] for part in ("loading", "solving", "routing")
        )
        return Answer(vroom_routes(answer), clock_ms / 1000, peak_mb)
