"""Every measure of a study is what its name says, worked out by hand."""

import math

import pytest

from optimizer.domain.study import MEASURES, MORE_IS_BETTER, SHARES, Measure
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.whatif.measures import Clock, clock_samples, clocks_of, samples_of, values_by_chain
from optimizer.whatif.statistics import Ratios
from tests.unit.rules.build import DAY, NEXT_DAY

FIRST = DayFigures(
    day=DAY,
    reported=10,
    done=8,
    fixed_first=6,
    in_vain=2,
    given_up=1,
    open_jobs=3,
    service_clocks=(
        ClocksEnded(code="RESPOND", kept=5, missed=1),
        ClocksEnded(code="COMPLETE", label="target", free=True, kept=1, missed=3),
        ClocksEnded(code="COMPLETE", label="limit", kept=2, missed=2),
    ),
    desk_clocks=(ClocksEnded(code="CONTACT", kept=4, missed=4),),
    told=8,
    told_kept=6,
    moved=2,
    on_duty=4,
    absent=1,
    rostered_s=4 * 28_800,
    worked_s=72_000,
    driven_s=18_000,
    overtime_s=7_200,
    uneven_s=3_600,
    distance_m=120_000,
    bill_cents={"outlay": 30_000, "transfer": -2_000, "service": 12_000},
    wage_cents=60_000,
)
SECOND = FIRST.model_copy(
    update={
        "day": NEXT_DAY,
        "reported": 6,
        "done": 8,
        "open_jobs": 1,
        "told": 0,
        "told_kept": 0,
        "moved": 0,
        "uneven_s": 1_800,
        "overtime_s": 0,
        "service_clocks": (),
    }
)
CHAIN = Sample(variant="base", chain=0, people=("T1",), days=(FIRST, SECOND))


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("on_time", 7 / 10),  # 5 + 2 kept of 6 + 4; targets, and the desk's, do not count
        ("appointments_kept", 6 / 8),
        ("done", 16 / 16),
        ("first_visit_fix", 12 / 16),
        ("jobs_a_technician_day", 16 / 8),  # the ill one counts
        ("km_a_job", 240 / 16),
        ("travel_share", 36_000 / 144_000),
        ("overtime_h_a_day", 2 / 2),
        ("open_jobs", 4 / 2),
        ("moved_a_day", 2 / 2),
        ("hours_uneven_h", (1 + 0.5) / 2),
        ("bill_cents_a_day", 40_000),
        ("cost_cents_a_day", 100_000),
        ("cost_cents_a_job", 200_000 / 16),
    ],
)
def test_a_measure_is_made_of_all_days_of_a_chain(measure: Measure, value: float) -> None:
    (found,) = values_by_chain(samples_of(measure, [CHAIN]))
    assert found is not None
    assert math.isclose(found, value, rel_tol=1e-12)


def test_every_measure_has_samples() -> None:
    for measure in MEASURES:
        samples = samples_of(measure, [CHAIN, CHAIN])
        assert len(samples.numerators if isinstance(samples, Ratios) else samples) == 2
    assert set(MEASURES) > SHARES | MORE_IS_BETTER


def test_what_cannot_be_divided_has_no_value() -> None:
    nothing = CHAIN.model_copy(update={"days": (SECOND,)})
    assert values_by_chain(samples_of("on_time", [CHAIN, nothing])) == (0.7, None)


def test_clocks_are_counted_by_rule_and_label() -> None:
    limit, target, contact = Clock("COMPLETE", "limit"), Clock("COMPLETE", "target"), Clock("CONTACT")
    assert clocks_of([CHAIN]) == (limit, target, Clock("RESPOND"))
    assert clocks_of([CHAIN], desk=True) == (contact,)
    assert values_by_chain(clock_samples(limit, [CHAIN])) == (0.5,)
    assert values_by_chain(clock_samples(target, [CHAIN])) == (0.25,)
    assert values_by_chain(clock_samples(contact, [CHAIN])) == (None,)
    assert clock_samples(contact, [CHAIN], desk=True) == Ratios([8], [16])
