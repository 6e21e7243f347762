"""A PostgreSQL server of the tests' own, from Debian's package, in a folder of its own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "no PostgreSQL on this machine; install Debian's package: apt-get install postgresql"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return None if path is None else Path(path).resolve().parent


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a server and yield its address, without a database's name at the end.

    Parameters
    ----------
    folder : an empty folder
    """
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip(MISSING)
    as_user: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
        for parent in folder.parents:  # the other user must get there
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "check": True}
    begin = [
        *as_user,
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "tests",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run(begin, **quiet)  # type: ignore[call-overload] # the same for both calls
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200"
    control = [*as_user, str(bin_folder / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
    subprocess.run([*control, "-o", options, "-l", str(data / "log"), "start"], **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
