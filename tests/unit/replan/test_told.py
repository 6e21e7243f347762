"""Whose customers wait for something that was told."""

import pytest

from optimizer.domain.job import UnderWay
from optimizer.domain.promise import Promise
from optimizer.replan.told import binding_promises
from tests.unit.replan.test_close import JOBS, MORNING, question
from tests.unit.rules.build import DAY, at


@pytest.mark.parametrize(
    ("state", "minutes", "waits"),
    [("on_the_way", None, True), ("arrived", None, True), ("started", 60, False)],
)
def test_a_customer_waits_until_work_has_begun(state: str, minutes: int | None, waits: bool) -> None:
    fact = {"state": state, "at": at("09:05"), "day": DAY, "technicians": ("T1",), "minutes": minutes}
    under_way = JOBS[0].model_copy(update={"under_way": UnderWay.model_validate(fact)})
    promise = Promise(job_id="J1", technician_id="T1", start=at("09:10"), window=MORNING)
    asked = question([under_way], now=at("09:06"), promises=(promise,))
    assert list(binding_promises(asked)) == (["J1"] if waits else [])
