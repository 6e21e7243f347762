import gzip
import tracemalloc
from collections.abc import Iterator
from types import SimpleNamespace

import httpx
import pytest

from optimizer.travel import web_answer
from optimizer.travel.web_answer import AnswerRefused, read_answer


class Pieces(httpx.SyncByteStream):
    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces


def answer(*pieces: bytes, packing: str = "") -> httpx.Response:
    headers = {"Content-Encoding": packing} if packing else {}
    return httpx.Response(200, headers=headers, stream=Pieces(*pieces))


def test_an_answer_is_read_as_it_comes() -> None:
    assert read_answer(answer(b"ab", b"", b"cd"), most_bytes=4, most_s=60) == b"abcd"
    packed = gzip.compress(b"abcd")
    assert read_answer(answer(packed[:9], packed[9:], packing="gzip"), most_bytes=40, most_s=60) == b"abcd"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(b"abc", b"de"), "is too long"),
        (answer(gzip.compress(b"a" * 2000), packing="gzip"), "is too long"),
        # A stored block of nothing adds five bytes and unpacks to none: it could go on for ever.
        (answer(gzip.compress(b"")[:10], *[b"\x00\x00\x00\xff\xff"] * 300, packing="gzip"), "is too long"),
        (answer(gzip.compress(b"ab")[:-1], packing="gzip"), "cannot be unpacked"),
        (answer(b"ab", packing="gzip"), "cannot be unpacked"),
        (answer(b"", packing="gzip"), "cannot be unpacked"),
        (answer(b"ab", packing="br"), "cannot be unpacked"),
        (answer(gzip.compress(gzip.compress(b"ab")), packing="gzip, gzip"), "cannot be unpacked"),
    ],
    ids=["long", "bomb", "endless", "cut", "not packed", "nothing", "other packing", "packed twice"],
)
def test_what_is_not_read(given: httpx.Response, said: str) -> None:
    with pytest.raises(AnswerRefused, match=said):
        read_answer(given, most_bytes=4 if said == "is too long" and not given.headers else 1000, most_s=60)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(b"\x00" * 30_000_000)  # 29 kB in one piece
    tracemalloc.start()
    try:
        with pytest.raises(AnswerRefused, match="too long"):
            read_answer(answer(bomb, packing="gzip"), most_bytes=100_000, most_s=60)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A byte every 20 seconds never lets a time-out for the next byte pass; the third comes after 60.
    clock = iter([0.0, 20.0, 40.0, 60.1, 80.0])
    monkeypatch.setattr(web_answer, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    with pytest.raises(AnswerRefused, match="takes too long"):
        read_answer(answer(b"a", b"b", b"c", b"d"), most_bytes=100, most_s=60)
    assert next(clock) == 80.0  # the fourth was not waited for
