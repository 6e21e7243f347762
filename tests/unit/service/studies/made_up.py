"""Studies of the service whose samples are drawn instead of simulated."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from optimizer.whatif.executor import Assignment, SampleExecutor
from service.backend import Backend
from service.caller import LOCAL
from service.store.queue import ENDED
from service.store.studies import study_row
from service.studies.keeper import StudyKeeper
from service.studies.records import StudyInfo, study_info
from tests.unit.whatif.in_process import InProcess
from tests.unit.whatif.stand_in import Model, simulated

PATIENCE_S: Final = 60.0

SMALL: Final[dict[str, Any]] = {
    "name": "one more",
    "generate": {"technicians": 2, "jobs": 4},
    "days": 2,
    "warm_up_days": 1,
    "chains": {"least": 3, "most": 5},
    "stop": {"half_width": 1e-9},
    "variants": [{"name": "one more", "changes": [{"kind": "add_staff", "like": "T001"}]}],
}
"""A study of 10 samples, with a base of its own."""

ELSEWHERE: Final[dict[str, Any]] = {
    **{name: one for name, one in SMALL.items() if name != "generate"},
    "variants": [{"name": "one more", "changes": [{"kind": "add_staff", "like": "T1"}]}],
}
"""The same without a base; it needs one that has a technician T1."""


def drawn(given: Assignment) -> SampleExecutor:
    """Return who draws the samples of a study in this process."""
    return InProcess(replace(given, model=Model(), simulate=simulated))


def info(backend: Backend, study_id: str) -> StudyInfo:
    """Return where a study is."""
    with backend.store.read() as tx:
        row = study_row(tx, study_id, LOCAL)
        assert row is not None
        return study_info(row)


def turned_until(keeper: StudyKeeper, true: Callable[[], bool]) -> None:
    """Turn a keeper's rounds by hand until something is so."""
    until_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until_s
        keeper.turn()
        time.sleep(0.01)


def conducted(backend: Backend, study_id: str) -> StudyInfo:
    """Have a study conducted to its end."""
    keeper = StudyKeeper(backend, drawn)
    turned_until(keeper, lambda: info(backend, study_id).state in ENDED)
    keeper.stop()
    return info(backend, study_id)
