"""A visit of people of two branches while each branch is planned again and closed apart."""

from datetime import timedelta

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import Arrived, Cancelled, Event, Finished, NoAccess, Overrun, Postponed, Started
from optimizer.domain.one_branch import of_branch
from optimizer.domain.technician import Territory
from optimizer.domain.time import Window
from optimizer.domain.travel import Matrix, Travel
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput
from optimizer.replan import answered, close_day, next_revision, replan
from optimizer.travel import travel_table
from tests.unit.replan.lent_day import away, part_of, plan_of, replanned, two_branches, visit
from tests.unit.rules.build import DAY, at, north

LATER = Window(start=at("14:00"), end=at("15:00"))
WHOLE = visit(plan_of(two_branches()), "S")


def test_each_branchs_part_has_the_other_one_for_that_visit_alone() -> None:
    assert WHOLE[0] == ("A1", "X1")
    for branch_id, own, guest in (("A", {"A1", "A2"}, "X1"), ("X", {"X1", "X2"}, "A1")):
        question, plan = part_of(branch_id)
        assert validate_scenario(question) == ()
        lent = {one.technician_id: one.lent_for for one in question.technicians}
        assert lent == dict.fromkeys(own) | {guest: ("S",)}
        (day,) = (one for one in plan.shifts if one.technician_id == guest)
        assert [stop.job_id for stop in day.stops] == ["S"]
        assert (day.departure, day.last_leg.arrival) == (WHOLE[1], WHOLE[1] + timedelta(hours=1))
        assert visit(plan, "S") == WHOLE


def test_where_a_guest_lives_is_not_told_to_the_other_branch() -> None:
    whole = two_branches()
    at_home = {"home": north(15), "starts_from": "home", "ends_at": "home"}
    near = Territory(radius_km=6)  # S is 5 km from there, and 20 km from the branch's own place
    people = (
        one.model_copy(update={**at_home, "territory": near}) if one.technician_id == "X1" else one
        for one in whole.technicians
    )
    question, plan = part_of("A", whole.model_copy(update={"technicians": tuple(people)}))
    assert [one.home for one in question.technicians] == [None, None, None]
    revision = next_revision(question, plan, [away("A2")], at("08:00"))
    for one in replan(revision, plan, stop=Iterations(20)).proposals:
        assert visit(one.document.plan, "S") == visit(plan, "S")
        assert one.document.assessment.findings == ()


@pytest.mark.parametrize(("branch_id", "who", "guest"), [("A", "A2", "X1"), ("X", "X2", "A1")])
def test_the_visit_stays_and_the_guest_goes_nowhere_else(branch_id: str, who: str, guest: str) -> None:
    lost = {"A2": "N2", "X2": "F2"}[who]
    for one in replanned(branch_id, away(who)).proposals:
        plan = one.document.plan
        assert visit(plan, "S") == WHOLE
        assert [shift.stops[0].job_id for shift in plan.shifts if shift.technician_id == guest] == ["S"]
        assert len(visit(plan, lost)[0]) == 1  # somebody of the branch has it, around the visit
        assert guest not in visit(plan, lost)[0]


def test_where_the_guest_calls_off_the_branchs_own_people_do_it() -> None:
    found = replanned("A", away("X1"))
    assert [one.technician_id for one in found.scenario.technicians] == ["A1", "A2"]
    assert {frozenset(visit(one.document.plan, "S")[0]) for one in found.proposals} == {
        frozenset({"A1", "A2"})
    }


def test_where_who_leads_calls_off_an_own_one_leads_at_the_same_time() -> None:
    for one in replanned("A", away("A1")).proposals:
        assert visit(one.document.plan, "S") == (("A2", "X1"), WHOLE[1])


@pytest.mark.parametrize(("branch_id", "who"), [("X", "X1"), ("X", "A1")])
def test_on_the_board_that_lends_the_visit_is_none_any_more(branch_id: str, who: str) -> None:
    found = replanned(branch_id, away(who))
    assert {job.job_id for job in found.scenario.jobs} == {"F1", "F2"}
    assert {one.technician_id for one in found.scenario.technicians} == {"X1", "X2"}
    for one in found.proposals:
        assert one.document.plan.unserved == ()
        assert "S" not in one.to_tell


@pytest.mark.parametrize(
    "event",
    [
        Cancelled(kind="cancelled", job_id="S", at=at("08:00")),
        Postponed(kind="postponed", job_id="S", at=at("08:00"), windows=(LATER,)),
    ],
)
def test_who_is_not_needed_any_more_is_let_go(event: Event) -> None:
    for branch_id, own in (("A", ["A1", "A2"]), ("X", ["X1", "X2"])):
        found = replanned(branch_id, event)
        assert [one.technician_id for one in found.scenario.technicians] == own
        postponed = branch_id == "A" and event.kind == "postponed"
        assert ("S" in {job.job_id for job in found.scenario.jobs}) == postponed


def test_who_comes_late_to_the_visit_is_waited_for() -> None:
    ends_at = at("11:30")  # 9 km at 36 km/h are 15 min: A1 is at S at 11:45
    told = (
        Started(kind="started", job_id="N1", at=at("09:10")),
        Overrun(kind="overrun", job_id="N1", at=at("09:30"), ends_at=ends_at),
    )
    assert WHOLE[1] < at("11:45")
    for one in replanned("A", *told, now="09:30").proposals:
        assert visit(one.document.plan, "S") == (("A1", "X1"), at("11:45"))


def test_what_is_begun_goes_on() -> None:
    begun = Started(kind="started", job_id="S", at=WHOLE[1])
    now = (WHOLE[1] + timedelta(minutes=5)).strftime("%H:%M")
    for branch_id in ("A", "X"):
        found = replanned(branch_id, begun, now=now)
        for one in found.proposals:
            assert visit(one.document.plan, "S") == WHOLE


def test_a_proposal_is_planned_again_as_the_first_plan() -> None:
    first = replanned("A", away("A2"))
    proposal = first.proposals[0]
    question, plan = of_branch(answered(first, proposal), proposal.document.plan, "A")
    assert {one.technician_id: one.lent_for for one in question.technicians}["X1"] == ("S",)
    revision = next_revision(question, plan, [away("X1", "08:30")], at("08:30"))
    for one in replan(revision, plan, stop=Iterations(20)).proposals:
        assert "X1" not in visit(one.document.plan, "S")[0]
        assert one.document.assessment.findings == ()
    revision = next_revision(question, plan, [], at("08:30"))
    for one in replan(revision, plan, stop=Iterations(20)).proposals:
        assert visit(one.document.plan, "S") == WHOLE


def test_without_the_rule_that_fixes_it_nothing_is_planned() -> None:
    question, plan = part_of("A", two_branches(rules={"PINNED": {"active": False}}))
    with pytest.raises(InvalidInput) as caught:
        next_revision(question, plan, [away("A2")], at("08:00"))
    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("lent-not-fixed", "policy.rules.PINNED.active")
    assert "X1 comes from another branch" in issue.cause


def test_each_branch_closes_its_own_day() -> None:
    for branch_id, own, done in (("A", ["A1", "A2"], {"N1", "N2", "S"}), ("X", ["X1", "X2"], {"F1", "F2"})):
        question, plan = part_of(branch_id)
        closed = close_day(question, plan, [], DAY, at("19:00"), days=1)
        assert [one.technician_id for one in closed.scenario.technicians] == own
        assert {one.technician_id for one in closed.report.technicians} == set(own)
        assert set(closed.report.done) == done
        assert closed.report.real_bill.total_cents == closed.report.planned_bill.total_cents
        assert any("of other branches" in note for note in closed.report.notes)


def test_what_was_in_vain_stays_with_the_branch_that_leads() -> None:
    nobody = (
        Arrived(kind="arrived", job_id="S", at=WHOLE[1]),
        NoAccess(kind="no_access", job_id="S", at=WHOLE[1] + timedelta(minutes=10)),
    )
    finished = Finished(kind="finished", job_id="F2", at=at("12:00"))
    left = {}
    for branch_id, events in (("A", nobody), ("X", (*nobody, finished))):
        question, plan = part_of(branch_id)
        closed = close_day(question, plan, events, DAY, at("19:00"), days=1)
        left[branch_id] = [job.job_id for job in closed.scenario.jobs]
    assert left == {"A": ["S"], "X": []}


def test_given_travel_times_know_where_the_guest_is() -> None:
    whole = two_branches()
    table = travel_table(whole, None)
    legs = table.legs["car"]
    matrix = Matrix(
        places=table.places,
        seconds=tuple(tuple(int(x) for x in row) for row in legs.base_s),
        metres=tuple(tuple(int(x) for x in row) for row in legs.metres),
    )
    whole = whole.model_copy(update={"travel": Travel(matrices={"car": matrix})})
    question, plan = part_of("A", whole)
    revision = next_revision(question, plan, [away("A2")], at("08:00"))
    for one in replan(revision, plan, stop=Iterations(20)).proposals:
        assert visit(one.document.plan, "S") == WHOLE
    closed = close_day(question, plan, [], DAY, at("19:00"), days=1)
    assert closed.report.real_bill.total_cents == closed.report.planned_bill.total_cents
