"""A receiver of messages on loopback that notes every connection."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Reply = Callable[[socket.socket, bytes], None]
"""Answers a request on its connection."""


@dataclass
class Listener:
    """What was heard."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    """What each connection sent; a connection that sent nothing counts too."""

    def header(self, name: str, request: int = 0) -> str:
        """Return a header of a request."""
        head = self.requests[request].partition(b"\r\n\r\n")[0].decode("latin-1")
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
        return fields[name.lower()]

    def body(self, request: int = 0) -> bytes:
        """Return the body of a request."""
        return self.requests[request].partition(b"\r\n\r\n")[2]


def reply_with(answer: bytes) -> Reply:
    """Return how to answer always the same."""
    return lambda connection, _: connection.sendall(answer)


@contextmanager
def listening(reply: Reply | None = None, host: str = "127.0.0.1") -> Iterator[Listener]:
    """Listen on any free port of an address.

    Parameters
    ----------
    reply : how to answer; by default with 200
    host : the address
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((host, 0))
        listener.listen(64)
        heard = Listener(listener.getsockname()[1])
        thread = threading.Thread(target=_hear, args=(listener, heard, reply or reply_with(OK)), daemon=True)
        thread.start()
        yield heard
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _hear(listener: socket.socket, heard: Listener, reply: Reply) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            try:
                request = _request(connection)
                heard.requests.append(request)
                reply(connection, request)
            except OSError:
                continue


def _request(connection: socket.socket) -> bytes:
    """Read a request to its end, as Content-Length says; what is no HTTP is returned as it comes."""
    request = b""
    while b"\r\n\r\n" not in request:
        piece = connection.recv(65536)
        request += piece
        if not piece or not request.startswith(b"P"):
            return request
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
