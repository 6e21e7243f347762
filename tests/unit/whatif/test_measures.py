"""Each measure is what its description says, by hand."""

from typing import get_args

import pytest

from optimizer.domain.study import Measure
from optimizer.domain.study_sample import ClocksEnded
from optimizer.whatif.measures import parts, ratios
from optimizer.whatif.statistics import Ratios
from tests.unit.whatif.stand_in import day, sample

DESK = (ClocksEnded(code="REPLY_FAR", kept=0, missed=100),)
TWO_DAYS = sample(
    "base",
    0,
    [
        day(
            kept=3,
            missed=1,
            desk_clocks=DESK,
            reported=5,
            done=4,
            fixed_first=3,
            told=4,
            told_kept=2,
            on_duty=2,
            worked_s=36_000,
            driven_s=9_000,
            overtime_s=7_200,
            open_jobs=1,
            distance_m=50_000,
            bill_cents={"outlay": 100, "service": 20},
        ),
        day(1, kept=4, reported=3, done=4, fixed_first=4, on_duty=2, open_jobs=3, distance_m=30_000),
    ],
)
EXPECTED: dict[Measure, tuple[float, float]] = {
    "on_time": (7, 8),  # the desk's clocks are not the customer's
    "appointments_kept": (2, 4),
    "done": (8, 8),
    "first_visit_fix": (7, 8),
    "jobs_a_technician_day": (8, 4),
    "km_a_job": (80, 8),
    "travel_share": (9_000, 36_000),
    "overtime_h_a_day": (2, 2),
    "open_jobs": (4, 2),
    "bill_cents_a_day": (120, 2),
}


@pytest.mark.parametrize("measure", get_args(Measure))
def test_a_measure_is_a_sum_over_days_divided_by_another(measure: Measure) -> None:
    assert parts(measure, TWO_DAYS) == EXPECTED[measure]


def test_samples_become_ratios() -> None:
    assert ratios([parts("done", TWO_DAYS)] * 2) == Ratios([8, 8], [8, 8])
