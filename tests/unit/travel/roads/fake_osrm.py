"""A road server of our own on this machine: it speaks OSRM's table and route services and counts what it is asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

METRES_A_DEGREE = 100_000.0
"""Its earth: a degree of latitude or longitude is 100 km, and roads are a grid."""


class Reply(NamedTuple):
    """What is sent back."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json; charset=UTF-8"),)


Answer = Callable[[str, dict[str, Any]], "Reply | None"]
"""From a service and its honest answer to what is sent instead; none: the connection breaks."""


class FakeOsrm:
    """The server; `asked` lists the paths of the requests so far."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""
        self.answer: Answer = honest
        self.lock = threading.Lock()


def honest(_: str, content: dict[str, Any]) -> Reply | None:
    """Send the honest answer."""
    return Reply(json.dumps(content).encode())


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that do not read an answer to its end."""


@contextmanager
def fake_osrm() -> Iterator[FakeOsrm]:
    """Run the server while the block lasts."""
    fake = FakeOsrm()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with fake.lock:
                fake.asked.append(self.path)
            reply = fake.answer(self.path.split("/")[1], content_of(self.path))
            if reply is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def content_of(path: str) -> dict[str, Any]:
    """Return the honest answer: along the grid at 20 m a second, and 30 s more to the north."""
    parts = urlsplit(path)
    service, _, _, points = parts.path.strip("/").split("/")
    lonlat = [tuple(float(number) for number in point.split(",")) for point in points.split(";")]
    if service == "route":
        (a_lon, a_lat), (b_lon, b_lat) = lonlat
        corner = [[a_lon, a_lat], [b_lon, a_lat], [b_lon, b_lat]]
        return {"code": "Ok", "routes": [{"geometry": {"coordinates": corner}, "duration": 1.0}]}
    query = parse_qs(parts.query)
    rows, columns = (
        [lonlat[int(i)] for i in query[name][0].split(";")] if name in query else lonlat
        for name in ("sources", "destinations")
    )
    metres = [[METRES_A_DEGREE * (abs(b[0] - a[0]) + abs(b[1] - a[1])) for b in columns] for a in rows]
    return {
        "code": "Ok",
        "distances": [[round(cell, 1) for cell in row] for row in metres],
        "durations": [
            [round(cell / 20 + 30 * (b[1] > a[1]), 1) for cell, b in zip(row, columns, strict=True)]
            for row, a in zip(metres, rows, strict=True)
        ],
        "sources": [{"distance": 0.0, "location": point, "name": "Grid"} for point in rows],
        "destinations": [{"distance": 0.0, "location": point, "name": "Grid"} for point in columns],
    }
