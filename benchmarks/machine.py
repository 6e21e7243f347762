"""What a results line says of where, when and with what it was measured."""

import datetime
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

PACKAGES: Final = ("paigong", "pyvroom", "pyvrp", "ortools", "numba", "numpy")


def machine() -> dict[str, str]:
    """Return the machine's processor and number of cores, and the date."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    cpu = names[0] if names else platform.machine()
    return {"machine": f"{cpu}, {os.cpu_count()} cores", "date": datetime.date.today().isoformat()}


def installed_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that are compared."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
