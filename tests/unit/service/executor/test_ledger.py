import pytest

from service.executor.events import Lost, Started
from service.executor.ledger import Ledger
from tests.unit.service.executor.tasks import task


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger()
    ledger.enter(task("a"))
    return ledger


def test_a_task_ends_once(ledger: Ledger) -> None:
    assert ledger.tell(Started("a", "here:1"))
    assert ledger.tell(Lost("a", "killed"))
    assert not ledger.tell(Lost("a", "deadline"))
    assert not ledger.tell(Started("a", "there:2"))
    assert [ledger.next_event(0) for _ in range(3)] == [Started("a", "here:1"), Lost("a", "killed"), None]


def test_nothing_is_told_of_a_task_that_nobody_submitted(ledger: Ledger) -> None:
    assert not ledger.tell(Started("b", "here:1"))
    assert ledger.next_event(0) is None


def test_a_task_lives_until_its_end_is_taken(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="'a'"):
        ledger.enter(task("a"))
    ledger.tell(Lost("a", "killed"))
    assert ledger.alive() == {"a"}
    ledger.next_event(0)
    assert ledger.alive() == frozenset()
    ledger.enter(task("a"))


def test_whatever_is_under_way_can_be_lost_at_once(ledger: Ledger) -> None:
    ledger.enter(task("b"))
    ledger.tell(Lost("a", "killed"))
    ledger.lose_all("closed")
    assert [ledger.next_event(0) for _ in range(3)] == [Lost("a", "killed"), Lost("b", "closed"), None]
