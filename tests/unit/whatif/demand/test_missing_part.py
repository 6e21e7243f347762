from collections import Counter

import pytest

from optimizer.domain.branch import Branch
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.missing_part import missing_part
from tests.unit.whatif.demand.town import HERE, JOBS, TOWN

PLAIN = JOBS[1]
MOTOR = PLAIN.model_copy(update={"job_id": "R3", "parts": {"fan motor": 2, "run capacitor": 1}})
SHOP = TOWN.model_copy(
    update={
        "jobs": (*JOBS, MOTOR),
        "branches": (Branch(branch_id="B1", place=HERE, stock={"drain hose": 5, "fan motor": 0}),),
    }
)


def test_parts_are_missing_as_often_as_jobs_of_the_type_ask_for_them() -> None:
    # Two repairs of three ask for a capacitor, one for a motor.
    found = Counter(missing_part(SHOP, Chain(1, number), PLAIN) for number in range(3_000))
    assert set(found) == {"run capacitor", "fan motor"}
    assert found["run capacitor"] / 3_000 == pytest.approx(2 / 3, abs=4.5 * (2 / 9 / 3_000) ** 0.5)
    assert missing_part(SHOP, Chain(1, 0), PLAIN) == missing_part(SHOP, Chain(1, 0), PLAIN)


def test_what_the_job_asked_for_is_along() -> None:
    with_capacitor = JOBS[0]
    assert {missing_part(SHOP, Chain(1, number), with_capacitor) for number in range(50)} == {"fan motor"}
    assert {missing_part(SHOP, Chain(1, number), MOTOR) for number in range(50)} == {"drain hose"}


def test_without_any_part_there_is_none() -> None:
    complaint = JOBS[3]
    assert {missing_part(SHOP, Chain(1, number), complaint) for number in range(50)} == {
        "drain hose",
        "fan motor",
    }
    assert missing_part(TOWN, Chain(1, 0), complaint) is None
