"""Requests that come when they are due, whether or not earlier ones were answered (an open loop)."""

import math
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_ASKERS = 24
"""So many answers may be outstanding before requests come late; lateness counts as latency."""


@dataclass(frozen=True)
class Figures:
    """What became of the requests.

    Parameters
    ----------
    seconds : latency of each from the moment it was due, in ascending order
    statuses : how often each status was answered; 0: there was no answer
    slowest : the slowest paths and their latencies
    """

    seconds: Sequence[float]
    statuses: Counter[int]
    slowest: Sequence[tuple[float, str]]

    def part(self, share: float) -> float:
        """Return the latency below which a share of the requests stays, in milliseconds."""
        return 1000 * self.seconds[max(0, math.ceil(share * len(self.seconds)) - 1)]

    def __str__(self) -> str:
        """Say it in a line."""
        parts = ", ".join(f"{name} {self.part(share):.1f} ms" for name, share in _PARTS)
        return f"{len(self.seconds)} requests, {parts}, answers {dict(self.statuses)}"


_PARTS = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))


def load(url: str, paths: Sequence[str], *, each_s: float, seconds: float) -> Figures:
    """Ask for paths in turn, so many a second, and return how long the answers took.

    Parameters
    ----------
    url : where the service listens
    paths : what is asked for
    each_s : requests a second
    seconds : for how long
    """
    address = urlsplit(url)
    many = round(each_s * seconds)
    lock, numbers = threading.Lock(), iter(range(many))
    began_s = time.monotonic() + 0.2

    def asker(_: int) -> list[tuple[float, int, str]]:
        line = HTTPConnection(address.hostname or "", address.port, timeout=30)
        answers: list[tuple[float, int, str]] = []
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                line.close()
                return answers
            due_s = began_s + number / each_s
            time.sleep(max(0.0, due_s - time.monotonic()))
            path = paths[number % len(paths)]
            status = _status(line, path)
            answers.append((time.monotonic() - due_s, status, path))

    with ThreadPoolExecutor(_ASKERS) as askers:
        answers = [one for some in askers.map(asker, range(_ASKERS)) for one in some]
    answers.sort()
    return Figures(
        [one[0] for one in answers],
        Counter(one[1] for one in answers),
        [(one[0], one[2]) for one in answers[-5:]],
    )


def _status(line: HTTPConnection, path: str) -> int:
    try:
        line.request("GET", path)
        with line.getresponse() as answer:
            answer.read()
            return answer.status
    except (OSError, HTTPException):
        line.close()  # opened anew by the next request
        return 0
