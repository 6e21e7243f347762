"""Halts at branches in the checker: where they are, when, and in which order."""

from datetime import timedelta

import pytest

from optimizer.checker import check_plan
from optimizer.checker.halts import called, halts_at_branches, job_of, place_of, with_known_halts
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Leg, Plan, Rest
from tests.unit.restock_day import answer, question, with_halt
from tests.unit.rules.build import at

OF = question()
MADE = answer(OF)
HALT = MADE.shifts[0].restocks[0]


def found(made: Plan, code: str = "PLAN") -> list[Finding]:
    """Return what the whole checker finds under a code."""
    return [finding for finding in check_plan(OF, made) if finding.code == code]


def over(made: Plan, code: str = "PLAN") -> float:
    """Return the amount of the one finding under a code."""
    (finding,) = found(made, code)
    return finding.over


def with_day(**facts: object) -> Plan:
    """Return the plan with other facts about T1's day."""
    first, *others = MADE.shifts
    return MADE.model_copy(update={"shifts": (first.model_copy(update=facts), *others)})


def test_a_halt_has_a_place_and_no_job() -> None:
    stop = MADE.shifts[0].stops[0]
    assert [place_of(one) for one in (stop, HALT)] == ["job:J1", "branch:B2"]
    assert [job_of(one) for one in (stop, HALT)] == ["J1", None]
    assert [called(one) for one in (stop, HALT)] == ["job J1", "branch B2"]


def test_the_way_leads_to_the_branch_and_on_from_it() -> None:
    first, second = MADE.shifts[0].stops
    astray = second.model_copy(update={"leg": second.leg.model_copy(update={"from_place": "job:J1"})})
    (finding,) = found(with_day(stops=(first, astray)))
    assert finding.sentence == (
        "T1 on 2026-07-15 drives from job:J1 to job:J2 where the way is from branch:B2 to job:J2."
    )
    (finding,) = found(with_halt(MADE, leg=HALT.leg.model_copy(update={"to_place": "branch:B1"})))
    assert "drives from job:J1 to branch:B1 where the way is from job:J1 to branch:B2" in finding.sentence


def test_a_branch_nobody_knows() -> None:
    made = with_halt(MADE, branch_id="B9", leg=HALT.leg.model_copy(update={"to_place": "branch:B9"}))
    sentences = [finding.sentence for finding in halts_at_branches(OF, made)]
    assert sentences == ["The scenario has no branch B9, at which T1 on 2026-07-15 loads parts."]
    # The rules read the day without it: two pieces are lacking.
    assert over(made, "PART") == 2


@pytest.mark.parametrize(("before", "amount"), [(3, 1), (5, 3)])
def test_a_halt_behind_more_stops_than_there_are(before: int, amount: int) -> None:
    (finding,) = halts_at_branches(OF, with_halt(MADE, before=before))
    assert (finding.over, finding.unit) == (amount, "stops")
    assert finding.sentence == f"T1 on 2026-07-15 loads at B2 after {before} stops and has 2 stops."


def test_halts_stand_in_the_order_in_which_they_are_made() -> None:
    two = tuple(HALT.model_copy(update={"before": before}) for before in (2, 1))
    (finding,) = halts_at_branches(OF, with_day(restocks=two))
    assert (finding.measured, finding.limit, finding.over) == (1, 2, 1)
    assert list(halts_at_branches(OF, with_day(restocks=two[::-1]))) == []


def test_nobody_loads_before_being_there() -> None:
    early = timedelta(minutes=3)
    made = with_halt(MADE, start=HALT.start - early)
    (finding,) = found(made)
    assert finding.sentence == "T1 on 2026-07-15 loads at branch B2 3 min before being there."


def test_nobody_leaves_before_everything_is_loaded() -> None:
    (finding,) = found(with_halt(MADE, end=HALT.end + timedelta(minutes=2)))
    assert finding.sentence == "T1 on 2026-07-15 leaves for job J2 2 min before being free to leave."
    last = answer(OF, "J1", "J2", "B2")
    halt = last.shifts[0].restocks[0]
    (finding,) = found(with_halt(last, end=halt.end + timedelta(minutes=2)))
    assert finding.sentence == "T1 on 2026-07-15 leaves for the end place 2 min before loading is over."


def test_loading_does_not_end_before_it_begins() -> None:
    made = with_halt(MADE, end=HALT.start - timedelta(minutes=1))
    assert [finding.sentence for finding in found(made)] == [
        "T1 on 2026-07-15 ends loading at branch B2 1 min before it begins."
    ]
    assert over(made, "PART") == 11


def test_nobody_rests_while_loading() -> None:
    # 10:10 to 10:20 at the branch, then on the way until 10:23:20.
    rest = Rest(kind="break", start=at("10:15"), end=at("10:20"))
    made = with_day(rests=(rest,))
    (finding,) = found(made)
    assert finding.sentence == "The break of T1 on 2026-07-15 overlaps loading at branch B2 by 5 min."
    assert over(made, "BREAK") == 5


def test_the_drive_to_the_branch_agrees_with_the_travel_data() -> None:
    fast: Leg = HALT.leg.model_copy(
        update={"travel_s": 140, "arrival": HALT.leg.arrival - timedelta(minutes=1)}
    )
    assert over(with_halt(MADE, leg=fast), "TRAVEL") == 60


def test_nothing_is_loaded_in_the_past() -> None:
    late = OF.model_copy(update={"now": HALT.start + timedelta(minutes=1)})
    sentences = [finding.sentence for finding in check_plan(late, MADE)]
    assert "T1 on 2026-07-15 loads at branch B2 1 min before the present time." in sentences


def test_halts_move_up_where_stops_are_not_known() -> None:
    first = MADE.shifts[0]
    known = with_known_halts(first, {"J2"}, {"B2"})
    assert [stop.job_id for stop in known.stops] == ["J2"]
    assert [halt.before for halt in known.restocks] == [0]
    assert with_known_halts(first, {"J1", "J2"}, {"B1"}).restocks == ()
    assert with_known_halts(first, {"J1", "J2"}, {"B2"}) == first


def test_a_halt_alone_is_no_day() -> None:
    made = with_day(stops=(), restocks=(HALT.model_copy(update={"before": 0}),))
    assert "T1 on 2026-07-15 has no stops and is not part of a trip." in {one.sentence for one in found(made)}
