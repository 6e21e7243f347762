import asyncio
import socket

from optimizer.settings import Settings
from service.server import _bound


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
