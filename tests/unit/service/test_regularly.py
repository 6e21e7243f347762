"""Work that is done again and again."""

from threading import Event

import pytest
from structlog.testing import capture_logs

from service.regularly import Regularly
from service.store import StoreBusy


@pytest.mark.parametrize("error", [StoreBusy(), ValueError("Mrs Chen's telephone")])
def test_what_fails_once_is_done_the_next_time(error: Exception) -> None:
    again, left = Event(), [error]

    def work() -> None:
        if left:
            raise left.pop()
        again.set()

    regularly = Regularly("sweeping", work, 0.01)
    with capture_logs() as said:
        regularly.start()
        assert again.wait(60)
        regularly.stop()
    assert len(said) == 1
    assert "Chen" not in repr(said)
