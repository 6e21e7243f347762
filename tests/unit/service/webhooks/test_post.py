import asyncio
import socket
from collections.abc import Collection
from typing import Any

import pytest

from optimizer.errors import InvalidInput
from service.webhooks.address import is_public, read_target
from service.webhooks.post import Outcome, post
from tests.unit.service.listener import listening, reply_with

ALLOWED = ("hook.test",)


def sent(port: int, **given: Any) -> Outcome:
    """Send to a listener here as if it were a host of that name somewhere."""

    async def found(host: str, _: int) -> Collection[str]:
        assert host == "hook.test"
        return ["127.0.0.1"]

    facts = {"allowed": ALLOWED, "resolved": found, "seconds": 5.0, **given}
    scheme = facts.pop("scheme", "http")
    return asyncio.run(post(f"{scheme}://Hook.test:{port}/a/b?c=d", b'{"x":1}', {"webhook-id": "m"}, **facts))


def test_a_message_goes_to_the_address_that_was_checked_under_the_name_that_was_written() -> None:
    with listening() as heard:
        assert sent(heard.port) == Outcome(True, "HTTP 200")
    assert heard.requests[0].startswith(b"POST /a/b?c=d HTTP/1.1\r\n")
    assert heard.header("Host") == f"hook.test:{heard.port}"
    assert heard.header("webhook-id") == "m"
    assert heard.body() == b'{"x":1}'


def test_encrypted_connections_are_made_for_the_name_not_the_address() -> None:
    with listening(reply_with(b"")) as heard:
        outcome = sent(heard.port, scheme="https")
    assert outcome == Outcome(False, "The connection failed (ConnectError).")
    assert heard.requests[0][:1] == b"\x16"  # the first message of a TLS handshake
    assert b"hook.test" in heard.requests[0]
    assert b"127.0.0.1" not in heard.requests[0]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with listening() as other:
        away = f"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.1:{other.port}/\r\nContent-Length: 0\r\n\r\n"
        with listening(reply_with(away.encode())) as heard:
            assert sent(heard.port) == Outcome(False, f"HTTP {status}")
    assert (len(heard.requests), other.requests) == (1, [])


def test_no_proxy_of_this_machine_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as proxy, listening() as heard:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert sent(heard.port).taken
    assert proxy.requests == []


def test_only_a_little_of_the_answer_is_read() -> None:
    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with listening(endless) as heard:
        assert sent(heard.port) == Outcome(True, "HTTP 200")


def test_who_answers_drop_by_drop_is_left_alone() -> None:
    def drop_by_drop(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        connection.settimeout(0.01)
        while True:
            connection.sendall(b"a")
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    with listening(drop_by_drop) as heard:
        assert sent(heard.port, seconds=0.3) == Outcome(False, "No answer within 0.3 seconds.")


@pytest.mark.parametrize("answer", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
def test_what_is_no_answer_is_told_so(answer: bytes) -> None:
    with listening(reply_with(answer)) as heard:
        outcome = sent(heard.port)
    assert (outcome.taken, outcome.said.startswith("The connection failed")) == (False, True)


def test_a_name_nobody_knows() -> None:
    async def unknown(host: str, port: int) -> Collection[str]:
        raise socket.gaierror("no such name")

    assert sent(80, resolved=unknown) == Outcome(False, "The host's name is not known.")


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "shown"),
    [
        ("https://Hooks.Example.com", "hooks.example.com", 443, "/", "hooks.example.com"),
        (
            "http://hooks.example.com:8080/a?b=c",
            "hooks.example.com",
            8080,
            "/a?b=c",
            "hooks.example.com:8080",
        ),
        ("https://93.184.216.34/x", "93.184.216.34", 443, "/x", "93.184.216.34"),
        ("https://[2606:4700:0::1111]:1/", "2606:4700::1111", 1, "/", "[2606:4700::1111]:1"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443, "/", "xn--bcher-kva.example"),
    ],
)
def test_public_addresses_are_taken(url: str, host: str, port: int, path: str, shown: str) -> None:
    target = read_target(url)
    assert (target.host, target.port, target.path, target.shown_host) == (host, port, path, shown)


def test_the_operator_allows_private_hosts_by_name() -> None:
    for url in ("http://erp:8080/", "http://10.0.0.5/", "http://[FC00:0::1]/", "http://localhost/"):
        with pytest.raises(InvalidInput):
            read_target(url)
        read_target(url, ("erp", "10.0.0.5", "fc00::1", "LOCALHOST"))


def test_public_agrees_with_the_registry_where_python_knows_it() -> None:
    from ipaddress import ip_address

    for text in ("1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1"):
        assert is_public(ip_address(text))
    for number in range(0, 2**32, 65_537 * 13):  # 5,000 addresses all over
        address = ip_address(number)
        assert not (is_public(address) and not (address.is_global and not address.is_multicast))
