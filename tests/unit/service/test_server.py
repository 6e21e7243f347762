import asyncio
import socket
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.settings import Settings
from service.cli import COMMANDS
from service.server import _bound


@pytest.fixture
def _start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command start on an empty store, and leave the tests' own log as it is."""
    monkeypatch.setenv("PAIGONG_DATA", str(tmp_path))
    monkeypatch.setattr("service.server.set_up_log", lambda kind: None)


def test_answers_are_sent_at_once() -> None:
    accepted: list[int] = []

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line: socket.socket = writer.get_extra_info("socket")
        accepted.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def one_call() -> None:
        listener = _bound(Settings(port=0))
        async with await asyncio.start_server(answer, sock=listener):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            await reader.read()
            writer.close()
            await writer.wait_closed()

    asyncio.run(one_call())
    assert accepted == [1]


@pytest.mark.usefixtures("_start")
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("PAIGONG_DASK", "scheduler:8786", "PAIGONG_DASK: "),
        ("PAIGONG_HOST", "0.0.0.0", "Without a key the service listens on loopback only"),
    ],
)
def test_no_address_is_told_before_all_settings_are_right(
    setting: str,
    value: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(setting, value)
    assert run(["serve", "--port", "0"], COMMANDS) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in " ".join(err.split())


@pytest.mark.usefixtures("_start")
def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port)], COMMANDS) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"Nothing can listen on 127.0.0.1, port {port}:" in said
    assert "Choose another address or port" in said
