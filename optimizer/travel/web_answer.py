"""Reads the answer of a web server within limits of size and time, whatever it sends and however it is packed.

A library that unpacks by itself unpacks each piece whole, and packings inside packings one after the other: a small
answer may then fill the memory before anybody can count its bytes. Here no byte beyond the limit is ever unpacked.
"""

import time
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import httpx

PACKINGS: Final = "gzip"
"""What may be sent: the value of a request's ``Accept-Encoding``."""

_GZIP: Final = zlib.MAX_WBITS | 16  # zlib's word for: with gzip's head and tail


class AnswerRefused(Exception):
    """An answer is not read to its end; the text says why, as in: the answer <text>."""


def read_answer(answer: "httpx.Response", *, most_bytes: int, most_s: float) -> bytes:
    """Return the unpacked body of an answer that has just begun.

    Parameters
    ----------
    answer : asked for with `PACKINGS`, streamed, not read yet
    most_bytes : size allowed, both packed and unpacked
    most_s : seconds allowed from now on

    Raises
    ------
    AnswerRefused : it is too long, takes too long, or is packed otherwise or wrongly
    """
    give_up = time.monotonic() + most_s
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise AnswerRefused("cannot be unpacked")
    unpack = zlib.decompressobj(_GZIP) if packing == "gzip" else None
    body = bytearray()
    packed = 0
    for piece in answer.iter_raw():
        packed += len(piece)
        try:
            body += piece if unpack is None else unpack.decompress(piece, most_bytes + 1 - len(body))
        except zlib.error:
            raise AnswerRefused("cannot be unpacked") from None
        if max(packed, len(body)) > most_bytes:
            raise AnswerRefused("is too long")
        if time.monotonic() > give_up:
            raise AnswerRefused("takes too long")
    if unpack is not None and not unpack.eof:
        raise AnswerRefused("cannot be unpacked")
    return bytes(body)
