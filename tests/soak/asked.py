"""What the scripts take from the command line, and what they say beside their figures."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.soak.databases import Kind


class Asked(argparse.Namespace):
    """What was asked for on the command line."""

    cycles: int
    database: Kind


def asked(what: str, cycles: int) -> Asked:
    """Read the command line.

    Parameters
    ----------
    what : what the script does
    cycles : how many the full soak has
    """
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--cycles", type=int, default=cycles, help=f"how long; in full: {cycles}")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args(namespace=Asked())


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder that is gone afterwards; the machine's load before and after is said."""
    with tempfile.TemporaryDirectory(prefix="paigong-soak-") as name:
        print(f"{os.cpu_count()} processors, load before: {load()}", flush=True)
        yield Path(name)
        print(f"load after: {load()}")


def load() -> str:
    """Return the load averages of the last 1, 5 and 15 minutes."""
    return " ".join(f"{average:.1f}" for average in os.getloadavg())
