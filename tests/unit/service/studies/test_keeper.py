"""The keeper of studies, its rounds turned by hand: take-over, cancel, stop, mistakes; the samples are drawn."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from optimizer.interchange.study_file import parse_study, study_json
from optimizer.settings import Settings
from optimizer.whatif.executor import Assignment, End, SampleExecutor, SampleTask
from service.backend import Backend
from service.caller import LOCAL, Caller
from service.scenarios.remove import remove
from service.scenarios.upload import to_change, upload, written
from service.store import Store, tables
from service.store.queue import ENDED
from service.store.studies import sample_keys, samples_in_order, study_row, told
from service.studies.conducting import OpenSamples
from service.studies.keeper import StudyKeeper
from service.studies.queue import ask, ask_to_cancel
from service.studies.reading import Prepared
from service.studies.records import StudyInfo
from tests.unit.interchange.documents import question
from tests.unit.service.served import NOON
from tests.unit.service.store.databases import KINDS, Kind, MakeStore, store_maker
from tests.unit.service.studies.made_up import ELSEWHERE, drawn, info, turned_until
from tests.unit.whatif.in_process import InProcess
from tests.unit.whatif.stand_in import Model, simulated


@dataclass
class House:
    """A store, a clock and some keepers."""

    backend: Backend
    scenario_id: str
    at: list[datetime]

    def later(self, seconds: float) -> None:
        self.at[0] += timedelta(seconds=seconds)

    def ask(self, caller: Caller = LOCAL) -> str:
        body = study_json(parse_study(json.dumps(ELSEWHERE), instead=question()).study).encode()
        study = Prepared("one more", body, None)
        answer = self.backend.store.write(
            lambda tx: ask(
                tx,
                caller,
                study,
                self.backend.settings,
                self.backend.now(),
                scenario_id=self.scenario_id,
            )
        )
        self.later(1)
        return answer.about

    def info(self, study_id: str) -> StudyInfo:
        return info(self.backend, study_id)

    def told(self, study_id: str) -> list[str]:
        with self.backend.store.read() as tx:
            return [event.kind for event in told(tx, study_id, 0)]

    def samples(self, study_id: str) -> int:
        with self.backend.store.read() as tx:
            return len(sample_keys(tx, study_id))

    def made(self, study_id: str) -> tuple[bytes | None, list[bytes]]:
        """Return a study's result, and the samples it was made of."""
        with self.backend.store.read() as tx:
            row = study_row(tx, study_id, LOCAL)
            assert row is not None
            return row.result, list(samples_in_order(self.backend.store, study_id))

    def cancel(self, study_id: str) -> None:
        self.backend.store.write(lambda tx: ask_to_cancel(tx, LOCAL, study_id, self.backend.now()))


class Halting:
    """Makes so many samples, then none until it is let on."""

    def __init__(self, given: Assignment, samples: int) -> None:
        self._below: SampleExecutor = drawn(given)
        self._left = samples
        self.slots = 1
        self.closed = threading.Event()

    def submit(self, task: SampleTask) -> None:
        self._below.submit(task)

    def next_end(self, timeout_s: float) -> End | None:
        if self._left == 0:
            self.closed.wait(0.01)
            return None
        self._left -= 1
        return self._below.next_end(timeout_s)

    def close(self) -> None:
        self.closed.set()


def halting(samples: int) -> OpenSamples:
    return lambda given: Halting(given, samples)


@pytest.fixture(scope="module")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    with store_maker(tmp_path_factory) as make:
        yield make


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, make_store: MakeStore) -> House:
    return house_on(make_store(cast(Kind, request.param)))


def house_on(store: Store) -> House:
    at = [NOON]
    backend = Backend(Settings(run_tries=2, lease_s=15), store, now=lambda: at[0])
    made = store.write(lambda tx: upload(tx, LOCAL, written(question()), "", NOON))
    return House(backend, made.about, at)


def test_a_study_is_conducted_to_its_result(house: House) -> None:
    study_id = house.ask()
    keeper = StudyKeeper(house.backend, drawn)
    turned_until(keeper, lambda: house.info(study_id).state == "finished")
    result, samples = house.made(study_id)
    assert result is not None
    assert len(samples) == house.samples(study_id) == 10
    told = house.told(study_id)
    assert (told[:2], told[-1]) == (["queued", "running"], "finished")


def test_a_dead_servers_study_goes_on_from_its_samples_to_the_same_bytes(house: House) -> None:
    whole, taken_over = house.ask(), house.ask()
    keeper = StudyKeeper(house.backend, drawn)
    turned_until(keeper, lambda: house.info(whole).state == "finished")
    slow = StudyKeeper(house.backend, halting(4))
    turned_until(slow, lambda: house.samples(taken_over) == 4)
    house.later(14)
    other = StudyKeeper(house.backend, drawn)
    other.turn()
    assert house.info(taken_over).attempt == 1  # its lease of 15 s still lasts
    house.later(2)
    turned_until(other, lambda: house.info(taken_over).state == "finished")
    assert house.info(taken_over).attempt == 2
    assert house.made(taken_over) == house.made(whole)
    # The first server was not dead but slow: it ends its attempt.
    slow.turn()
    assert slow._here is not None
    slow._here.wait(10)
    assert slow._here.is_over
    assert house.told(taken_over)[-1] == "finished"


def test_what_a_slow_server_still_makes_is_not_stored(house: House) -> None:
    study_id = house.ask()
    gate = threading.Event()

    class Late(InProcess):
        def next_end(self, timeout_s: float) -> End | None:
            end = super().next_end(timeout_s)
            gate.wait(10)
            return end

    slow = StudyKeeper(house.backend, lambda given: Late(replace(given, model=Model(), simulate=simulated)))
    turned_until(slow, lambda: slow._here is not None)
    house.later(16)
    other = StudyKeeper(house.backend, halting(0))
    turned_until(other, lambda: house.info(study_id).attempt == 2)
    gate.set()
    assert slow._here is not None
    slow._here.wait(10)
    assert slow._here.is_over
    assert (house.samples(study_id), house.info(study_id).state) == (0, "running")
    other.stop()


def test_a_running_study_is_cancelled(house: House) -> None:
    study_id = house.ask()
    keeper = StudyKeeper(house.backend, halting(3))
    turned_until(keeper, lambda: house.samples(study_id) == 3)
    house.cancel(study_id)
    turned_until(keeper, lambda: house.info(study_id).state == "cancelled")
    assert house.made(study_id)[0] is None
    assert house.told(study_id)[-1] == "cancelled"


def test_who_cancels_while_the_answers_are_reckoned_gets_none(house: House) -> None:
    study_id = house.ask()

    class CancelledBehind(Halting):
        def close(self) -> None:
            house.cancel(study_id)
            super().close()

    keeper = StudyKeeper(house.backend, lambda given: CancelledBehind(given, 1_000))
    turned_until(keeper, lambda: house.info(study_id).state in ENDED)
    assert house.info(study_id).state == "cancelled"
    assert house.samples(study_id) == 10
    assert house.made(study_id)[0] is None
    assert house.told(study_id)[-1] == "cancelled"


def test_a_server_that_stops_puts_its_study_back_with_its_samples(house: House) -> None:
    study_id = house.ask()

    def has_samples(count: int) -> bool:
        return house.samples(study_id) == count

    for number in (1, 2, 3):  # servers are renewed more often than a study may be begun in vain
        keeper = StudyKeeper(house.backend, halting(number % 2))
        turned_until(keeper, lambda: house.info(study_id).state == "running")
        turned_until(keeper, partial(has_samples, (number + 1) // 2))
        keeper.stop()
        assert house.info(study_id).state == "queued"
    assert house.info(study_id).attempt == 3


def test_a_study_that_loses_its_server_again_and_again_has_failed(house: House) -> None:
    study_id = house.ask()

    def is_at(attempt: int) -> bool:
        return house.info(study_id).attempt == attempt

    for attempt, samples in ((1, 1), (2, 0), (3, 0)):  # the sample shows that it gets on
        keeper = StudyKeeper(house.backend, halting(samples))
        turned_until(keeper, partial(is_at, attempt))
        turned_until(keeper, lambda: house.samples(study_id) == 1)
        house.later(16)
    turned_until(StudyKeeper(house.backend, halting(0)), lambda: house.info(study_id).state in ENDED)
    found = house.info(study_id)
    assert (found.state, found.problem and found.problem["title"]) == (
        "failed",
        "The server was lost each time",
    )


def test_how_far_it_is_is_told_and_goes_on_counting(house: House) -> None:
    study_id = house.ask()
    keeper = StudyKeeper(house.backend, halting(4))
    turned_until(keeper, lambda: house.samples(study_id) == 4)
    house.later(2)
    turned_until(keeper, lambda: house.told(study_id)[-1] == "progress")
    turned_until(keeper, lambda: _done(house, study_id) == 4)
    keeper.stop()
    house.backend.store.write(lambda tx: _was_simulated(tx, study_id, 100.0))
    other = StudyKeeper(house.backend, drawn)
    turned_until(other, lambda: house.info(study_id).state == "finished")
    progress = house.info(study_id).progress
    assert progress is not None
    assert (progress.done, progress.at_most) == (10, 10)
    assert progress.elapsed_s >= 100


def _done(house: House, study_id: str) -> int:
    house.later(1)
    progress = house.info(study_id).progress
    return -1 if progress is None else progress.done


def _was_simulated(tx: object, study_id: str, seconds: float) -> None:
    row = study_row(tx, study_id, LOCAL, to_change=True)  # type: ignore[arg-type]
    assert row is not None
    assert row.progress is not None
    row.progress = {**row.progress, "elapsed_s": seconds}


def test_a_deleted_study_is_let_go(house: House) -> None:
    study_id = house.ask()
    keeper = StudyKeeper(house.backend, halting(1))
    turned_until(keeper, lambda: house.samples(study_id) == 1)
    here = keeper._here
    assert here is not None
    house.backend.store.write(lambda tx: remove(tx, to_change(tx, LOCAL, house.scenario_id, "*")))
    turned_until(keeper, lambda: here.is_over)
    assert house.samples(study_id) == 0


def failing(model: Model) -> OpenSamples:
    """Return who draws samples, one of which goes wrong."""
    from service.executor.sampling import StudySamples
    from tests.unit.service.greedy_executor import GreedyExecutor

    return lambda given: StudySamples(GreedyExecutor(), replace(given, model=model, simulate=simulated))


@pytest.mark.parametrize(
    ("wrong", "title", "detail"),
    [
        ("library", "The study cannot be simulated", "There is no road."),
        ("program", "The study failed", "The program made a mistake; its log says where."),
    ],
)
def test_a_failed_study_says_why(
    tmp_path: Path, make_store: MakeStore, wrong: str, title: str, detail: str
) -> None:
    house = house_on(make_store("sqlite"))
    study_id = house.ask()
    keeper = StudyKeeper(house.backend, failing(Model(wrong=wrong)))
    turned_until(keeper, lambda: house.info(study_id).state in ENDED)
    found = house.info(study_id)
    assert found.state == "failed"
    assert found.problem == {"title": title, "detail": detail, "issues": []}
    assert 1 <= house.samples(study_id) < 10


def test_a_study_waits_where_there_is_nobody_to_simulate(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optimizer.whatif.runner.PATIENCE_S", 0.0)
    house = house_on(make_store("sqlite"))
    study_id = house.ask()

    class Gone(InProcess):
        """Loses everybody as soon as something is to be done."""

        def submit(self, task: SampleTask) -> None:
            super().submit(task)
            self.slots = 0

        def next_end(self, timeout_s: float) -> End | None:
            return None

    keeper = StudyKeeper(house.backend, lambda given: Gone(given))
    turned_until(keeper, lambda: house.info(study_id).attempt > 3)  # it may be begun in vain twice
    keeper.stop()
    assert house.info(study_id).state == "queued"


def test_one_study_at_a_time_and_each_key_in_its_turn(make_store: MakeStore) -> None:
    house = house_on(make_store("sqlite"))
    many, few = (Caller(name, name, "dispatcher") for name in ("many", "few"))
    first = [house.ask(many) for _ in range(2)]
    second = house.ask(few)
    keeper = StudyKeeper(house.backend, drawn)
    order: list[str] = []

    def all_ended() -> bool:
        running = [one for one in (*first, second) if house.info(one).state == "running"]
        assert len(running) <= 1
        order.extend(one for one in (*first, second) if house.info(one).attempt and one not in order)
        house.later(1)
        return all(house.info(one).state == "finished" for one in (*first, second))

    turned_until(keeper, all_ended)
    assert order == [first[0], second, first[1]]


def test_who_listens_is_told_that_it_has_ended(make_store: MakeStore) -> None:
    house = house_on(make_store("sqlite"))
    hook = tables.Webhook(
        webhook_id="whk_1",
        url="https://example.com/",
        secret="whsec_",
        events=["study.finished"],
        branches=None,
        made_by="local",
        made_at=NOON,
    )
    house.backend.store.write(lambda tx: tx.add(hook))
    study_id = house.ask()
    house.cancel(study_id)
    with house.backend.store.read() as tx:
        (message,) = [one.message["data"] for one in tx.query(tables.Delivery)]
    assert message == {
        "about": study_id,
        "state": "cancelled",
        "scenario_id": house.scenario_id,
        "revision": 1,
    }
