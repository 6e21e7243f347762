from io import BytesIO

import pytest

from service.executor.local.frames import read_frame, write_frame


def test_messages_come_out_as_they_went_in() -> None:
    pipe = BytesIO()
    write_frame(pipe, ("a", 1))
    write_frame(pipe, b"x" * 100_000)
    pipe.seek(0)
    assert read_frame(pipe) == ("a", 1)
    assert read_frame(pipe) == b"x" * 100_000
    with pytest.raises(EOFError):
        read_frame(pipe)


@pytest.mark.parametrize("length", [1, 7, 8, 9, 20])
def test_half_a_message_is_none(length: int) -> None:
    pipe = BytesIO()
    write_frame(pipe, "a rather long message")
    with pytest.raises(EOFError):
        read_frame(BytesIO(pipe.getvalue()[:length]))
