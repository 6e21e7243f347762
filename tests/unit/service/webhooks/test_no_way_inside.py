"""Nobody reaches this machine or a private network through a webhook: a canary on loopback sees no connection."""

import asyncio
from collections.abc import Collection, Iterator

import pytest
from fastapi.testclient import TestClient

from service.webhooks.post import Outcome, Resolve, post
from tests.unit.service.listener import Listener, listening
from tests.unit.service.served import served

REFUSED_AT_ONCE = (
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}",
    "https://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "http://127.8.8.8:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.0.0.0x1:{port}/",
    "http://127.0.0.01:{port}/",
    "http://a.b.127.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[fe80::1%25eth0]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fec0::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.16.0.1:{port}/",
    "http://192.168.0.1:{port}/",
    "http://100.64.0.1:{port}/",
    "http://169.254.169.254:{port}/latest/meta-data/",
    "http://224.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    "http://198.18.0.1:{port}/",
    "http://user:password@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@example.com/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://example.com\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.com/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://ⓛocalhost:{port}/",
    "http://lоcalhost:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1%2eexample.com:{port}/",
    "http://exam\tple.com:{port}/",
    "http://example.com\r\nHost: 127.0.0.1:{port}/",
    " http://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_GET%20/",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "http://metadata:{port}/",
    "http://[:{port}/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://-x-.example.com:{port}/",
)
"""Addresses that are refused as they are written."""

LOOKED_UP = (
    ("127.0.0.1",),
    ("::1",),
    ("::ffff:127.0.0.1",),
    ("0.0.0.0",),
    ("::",),
    ("::127.0.0.1",),
    ("64:ff9b::7f00:1",),
    ("2002:7f00:1::",),
    ("2001:0:7f00:1::",),
    ("10.0.0.1",),
    ("169.254.169.254",),
    ("100.64.0.1",),
    ("fe80::1%lo",),
    ("fc00::1",),
    ("93.184.216.34", "127.0.0.1"),
    ("127.0.0.1", "93.184.216.34"),
    ("2606:4700::1111", "::1"),
    (),
)
"""What a harmless name may turn out to mean when a message is sent."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service where nothing is ever added."""
    with served(tmp_path_factory.mktemp("store")) as one:
        yield one


@pytest.fixture(scope="module")
def canary() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


@pytest.fixture(scope="module")
def canary6(canary: Listener) -> Iterator[Listener]:
    with listening(host="::1") as heard:
        yield heard


def means(*addresses: str) -> Resolve:
    """Return a way to look names up that always finds these."""

    async def found(host: str, port: int) -> Collection[str]:
        return addresses

    return found


def sent(url: str, resolved: Resolve) -> Outcome:
    return asyncio.run(post(url, b"{}", {}, resolved=resolved, seconds=5))


def test_there_are_many() -> None:
    assert len({*REFUSED_AT_ONCE}) == len(REFUSED_AT_ONCE)
    assert len(REFUSED_AT_ONCE) + len(LOOKED_UP) >= 40


@pytest.mark.parametrize("url", REFUSED_AT_ONCE)
def test_addresses_inside_are_refused_when_they_are_written(
    client: TestClient, canary: Listener, url: str
) -> None:
    new = {"url": url.replace("{port}", str(canary.port)), "events": ["run.finished"]}
    answer = client.post("/webhooks", json=new)
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["issues"]] == ["/url"]
    assert client.get("/webhooks").json()["webhooks"] == []


@pytest.mark.parametrize("url", REFUSED_AT_ONCE)
def test_addresses_inside_are_refused_when_a_message_is_sent_too(canary: Listener, url: str) -> None:
    outcome = sent(url.replace("{port}", str(canary.port)), means("127.0.0.1"))
    assert not outcome.taken
    assert canary.requests == []


@pytest.mark.parametrize("addresses", LOOKED_UP, ids=str)
def test_names_that_mean_an_address_inside_are_refused(
    canary: Listener, canary6: Listener, addresses: tuple[str, ...]
) -> None:
    for one in (canary, canary6):
        outcome = sent(f"http://hooks.example.com:{one.port}/x", means(*addresses))
        assert not outcome.taken
        assert "public" in outcome.said or not addresses
    assert canary.requests == canary6.requests == []


def test_what_is_refused_would_have_been_heard(canary: Listener) -> None:
    """The canary lives: an address the operator allows does reach one just like it."""
    with listening() as heard:
        url = f"http://127.0.0.1:{heard.port}/"
        outcome = asyncio.run(post(url, b"{}", {}, allowed=("127.0.0.1",)))
    assert (outcome.taken, len(heard.requests)) == (True, 1)
    assert canary.requests == []
