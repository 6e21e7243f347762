"""Messages through a pipe: eight bytes of length, then the pickled message."""

import pickle
from struct import Struct
from typing import BinaryIO, Final

_LENGTH: Final = Struct("!Q")


def write_frame(pipe: BinaryIO, message: object) -> None:
    """Write a message.

    Raises
    ------
    OSError
        Nobody reads any more.
    """
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> object:
    """Wait for a message and return it.

    Raises
    ------
    EOFError
        Whoever wrote has gone, be it in the middle of a message.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return pickle.loads(_exactly(pipe, length))


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
