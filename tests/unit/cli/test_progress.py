"""What a waiting person is told, and what Ctrl-C does."""

import signal
import time

import pytest

from optimizer.cli import progress
from optimizer.cli.interrupt import best_kept_on_interrupt
from optimizer.cli.progress import watching
from optimizer.engines import lns


def test_a_first_run_says_that_it_compiles(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "CACHED_S", -1.0)  # whatever it takes counts as compiling

    def compile_slowly() -> float:
        time.sleep(0.5)  # longer than the 0.2 s between two looks
        return 31.4

    monkeypatch.setattr(lns, "warm_up", compile_slowly)
    with watching() as watcher:
        assert watcher is None  # nobody looks at a captured stream
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "compiling the search kernels (once; a minute or two) …\n… compiled in 31 s\n"


def test_a_later_run_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lns, "warm_up", lambda: 0.0)
    with watching():
        pass
    assert capsys.readouterr().err == ""


def test_the_first_interrupt_keeps_the_best_and_the_second_drops_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    started_with = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    usual = signal.getsignal(signal.SIGINT)
    with best_kept_on_interrupt() as cancel:
        before = cancel.asked
        signal.raise_signal(signal.SIGINT)
        assert (before, cancel.asked) == (False, True)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is usual
    signal.signal(signal.SIGINT, started_with)
    assert "best plan so far" in capsys.readouterr().err


def test_an_interrupt_that_was_ignored_before_stays_ignored() -> None:
    started_with = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with best_kept_on_interrupt() as cancel:
            signal.raise_signal(signal.SIGINT)
        assert not cancel.asked
    finally:
        signal.signal(signal.SIGINT, started_with)
