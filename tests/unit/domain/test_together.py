"""Who is at a job together, on which of its days, and which way its shared tools take."""

from optimizer.domain.together import Together
from tests.unit.crew_day import DAYS, answer


def test_the_crew_begins_with_who_leads() -> None:
    made = answer()
    # The mate's shift stands first in the file.
    turned = made.model_copy(update={"shifts": made.shifts[::-1]})
    found = Together(turned).crew("J2")
    assert [(one.technician_id, one.stop.seat) for one in found] == [("T1", 0), ("T2", 1)]
    assert Together(made).crew("J6") == ()


def test_mates_are_the_others() -> None:
    made = answer()
    lead, mate = (shift.stops[0] for shift in made.shifts[:2])
    together = Together(made)
    assert [one.technician_id for one in together.mates(lead)] == ["T2"]
    assert [one.technician_id for one in together.mates(mate)] == ["T1"]
    assert together.mates(made.shifts[1].stops[1]) == ()


def test_days_of_a_long_job() -> None:
    together = Together(answer())
    assert (together.days("J4"), together.days("J2"), together.days("J6")) == (3, 1, 0)
    assert [one.day for part in range(3) for one in together.crew("J4", part)] == list(DAYS)


def test_who_leads_at_both_jobs_keeps_the_tool() -> None:
    together = Together(answer())
    (first,), (then,) = together.tools("J2"), together.tools("J3")
    assert not together.keeps(first.stop, then.stop)  # T1 leads J2, T3 does J3
    assert together.keeps(first.stop, first.stop)
    assert not together.keeps(None, first.stop)
    assert not together.keeps(then.stop, None)


def test_a_tool_comes_from_somewhere_and_goes_on() -> None:
    (first,) = Together(answer()).tools("J2")
    (then,) = Together(answer()).tools("J3")
    assert first.before is None
    assert first.after == then.stop
    assert then.before == first.stop
    assert then.after is None
    # From J2 on to J3, from there back to the branch.
    assert (first.way_on.to_place, then.way_on.to_place) == ("job:J3", "branch:B1")
