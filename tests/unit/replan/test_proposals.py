"""The short list of plans after what happened, on days that can be done by hand."""

from datetime import timedelta
from typing import Any, Literal

import pytest

from optimizer.checker import check_plan
from optimizer.control import Cancel, Iterations, Seconds
from optimizer.domain.event import CallOff, Event, Finished, NewJob, NoAccess, Overrun, Started
from optimizer.domain.keep import Keep
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import ProposalName, Proposals
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from optimizer.replan import Replanner, answered, next_revision, replan, undominated, with_expected
from optimizer.replan.candidates import Candidate
from tests.unit.replan.test_close import JOBS as TWO_JOBS
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

PEOPLE = [technician(), technician(technician_id="T2"), technician(technician_id="T3")]
ALL_DAY = Window(start=at("09:00"), end=at("17:00"))
JOBS = [
    job(
        job_id=f"J{number}",
        duration_min=150,
        place=north(2 * number),
        windows=(Window(start=at("09:00"), end=at("17:00")),),
    )
    for number in range(1, 7)
]
AWAY = CallOff(kind="call_off", technician_id="T1", at=at("07:40"))


def planned(**facts: Any) -> tuple[Any, Plan]:
    """Return a question and a plan in which everybody has work."""
    of = scenario(PEOPLE, JOBS, **facts)
    return of, plan_scenario(of, stop=Iterations(300)).plan


def people(plan: Plan) -> dict[str, str]:
    return {stop.job_id: shift.technician_id for shift in plan.shifts for stop in shift.stops}


def starts(plan: Plan) -> dict[str, Any]:
    return {stop.job_id: stop.start for shift in plan.shifts for stop in shift.stops}


def after(*events: Event, now: str = "07:41", keep: tuple[Keep, ...] = (), told: bool = True) -> Proposals:
    of, plan = planned()
    revision = next_revision(of, plan, events, at(now))
    if told:
        revision = revision._replace(scenario=with_expected(revision.scenario, plan, told=True))
    return replan(revision, plan, stop=Iterations(100), keep=keep)


def one_of_each(plan: Plan) -> str:
    """Return somebody who has work."""
    return sorted(set(people(plan).values()))[0]


def test_who_is_not_concerned_is_told_nothing_where_that_is_possible() -> None:
    _, plan = planned()
    away = CallOff(kind="call_off", technician_id=one_of_each(plan), at=at("07:40"))
    found = after(away)
    best = found.proposals[0]
    lost = {job_id for job_id, who in people(plan).items() if who == away.technician_id}
    assert lost
    assert set(best.to_tell) == lost
    assert best.document.plan.unserved == ()
    for job_id in set(people(plan)) - lost:
        assert people(best.document.plan)[job_id] == people(plan)[job_id]
    assert {change.job_id for change in best.changes} >= lost
    sentence = next(change.sentence for change in best.changes if change.job_id in lost)
    assert f"instead of {away.technician_id}" in sentence


def test_what_is_proposed_is_worth_what_it_says_beside_doing_nothing() -> None:
    _, plan = planned()
    found = after(CallOff(kind="call_off", technician_id=one_of_each(plan), at=at("07:40")))
    nothing = found.doing_nothing.assessment.bill.total_cents
    for one in found.proposals:
        bill = one.document.assessment.bill.total_cents
        assert one.difference.bill.difference_cents == bill - nothing
        assert one.difference.jobs  # the jobs of who called off are served now
    assert found.doing_nothing.plan.unserved


def test_a_first_plan_is_there_before_any_search_and_a_newer_event_ends_the_search() -> None:
    of, plan = planned()
    cancel = Cancel()
    replanner = Replanner(next_revision(of, plan, (AWAY,), at("07:41")), plan, cancel=cancel)
    first = replanner.repaired()
    assert first.document.plan.unserved == ()
    assert [one.name for one in replanner.proposals().proposals] == ["repair"]
    cancel.ask()
    found = {one.name: one.document.plan.provenance for one in replanner.searched(Seconds(600))}
    assert found.pop("repair").engine == "greedy"
    assert {one.ended_by for one in found.values()} == {"cancelled"}
    assert answered(replanner.proposals(), replanner.proposals().proposals[0]).horizon == of.horizon


def test_a_new_emergency_goes_in_and_what_has_begun_goes_on() -> None:
    _, plan = planned()
    begun = min(starts(plan), key=lambda job_id: starts(plan)[job_id])
    emergency = job(job_id="E", priority="emergency", place=north(3))
    found = after(
        Started(kind="started", job_id=begun, at=starts(plan)[begun]),
        NewJob(kind="new_job", job=emergency, at=at("09:20")),
        now="09:20",
    )
    for one in found.proposals:
        assert one.document.plan.unserved == ()
        assert people(one.document.plan)[begun] == people(plan)[begun]
        assert next(change for change in one.changes if change.job_id == "E").events == ("new",)


@pytest.mark.parametrize("grade", ["technician", "day", "time", "order", "everything"])
def test_what_is_kept_stays(grade: Any) -> None:
    _, plan = planned()
    away = one_of_each(plan)
    kept = {job_id: who for job_id, who in people(plan).items() if who != away}
    found = after(
        CallOff(kind="call_off", technician_id=away, at=at("07:40")),
        keep=(Keep(grade=grade, technician_ids=tuple(set(kept.values()))),),
    )
    for one in found.proposals:
        new, old = one.document.plan, plan
        assert one.broken_pins == ()
        if grade in ("technician", "order", "everything"):
            assert {job_id: people(new)[job_id] for job_id in kept} == kept
        if grade in ("time", "everything"):
            assert {job_id: starts(new)[job_id] for job_id in kept} == {
                job_id: starts(old)[job_id] for job_id in kept
            }
        if grade == "day":
            assert all(shift.day == DAY for shift in new.shifts)
        if grade in ("order", "everything"):
            for shift in new.shifts:
                before = [stop.job_id for stop in sorted_stops(old, shift.technician_id)]
                now = [stop.job_id for stop in shift.stops if stop.job_id in before]
                assert now == before


def sorted_stops(plan: Plan, who: str) -> list[Any]:
    return [stop for shift in plan.shifts if shift.technician_id == who for stop in shift.stops]


@pytest.mark.parametrize(("priority", "turns"), [("emergency", True), ("vip", False)])
def test_who_is_on_the_way_turns_round_for_what_cannot_wait(
    priority: Literal["emergency", "vip"], turns: bool
) -> None:
    early = technician(skills={"repair": 3, "survey": 3}, shifts=(Shift(day=DAY, rest="none"),))
    late = technician(technician_id="T2", shifts=(Shift(day=DAY, start=at("12:00").time(), rest="none"),))
    of = scenario([early, late], [job(duration_min=150, place=north(7), windows=(ALL_DAY,))])
    plan = plan_scenario(of, stop=Iterations(50)).plan
    (visit,) = sorted_stops(plan, "T1")
    now = visit.leg.departure + (visit.leg.arrival - visit.leg.departure) / 2
    soon = (Window(start=now, end=now + timedelta(minutes=45)),)
    long = job(job_id="E", type="survey", priority=priority, duration_min=520, place=north(6), windows=soon)
    told = with_expected(of, plan, told=True)
    revision = next_revision(told, plan, (NewJob(kind="new_job", at=now, job=long),), now)
    found = replan(revision, plan, stop=Iterations(100))
    assert [one.turned for one in found.proposals if one.turned] == [("J1",)] * turns
    for one in found.proposals:
        assert check_plan(answered(found, one), one.document.plan) == ()
        if one.turned:
            assert people(one.document.plan) == {"E": "T1", "J1": "T2"}
            (first,) = sorted_stops(one.document.plan, "T1")
            assert first.leg.departure >= visit.leg.arrival  # from the place that is reached
            assert one.to_tell == ("J1",)
        else:
            assert one.document.plan.unserved == ("E",)


def test_a_pin_that_cannot_be_kept_is_named() -> None:
    _, plan = planned()
    away = one_of_each(plan)
    mine = [job_id for job_id, who in people(plan).items() if who == away]
    found = after(
        CallOff(kind="call_off", technician_id=away, at=at("07:40")),
        keep=(Keep(grade="technician", job_ids=tuple(mine)),),
    )
    for one in found.proposals:
        assert {pin.job_id for pin in one.broken_pins} == set(mine)
        assert f"is pinned to {away}, which cannot be kept." in one.broken_pins[0].sentence
        assert set(one.document.plan.unserved) == set(mine)


def test_a_pin_that_running_work_leaves_no_time_for_is_named() -> None:
    _, plan = planned()
    who = next(who for who in sorted(set(people(plan).values())) if len(sorted_stops(plan, who)) > 1)
    first, second, *_ = sorted_stops(plan, who)
    began = Started(kind="started", job_id=first.job_id, at=first.start)
    longer = Overrun(kind="overrun", job_id=first.job_id, at=at("10:59"), ends_at=second.end)
    found = after(began, longer, now="11:00", keep=(Keep(grade="everything", job_ids=(second.job_id,)),))
    for one in found.proposals:
        assert {pin.job_id for pin in one.broken_pins} == {second.job_id}
        assert people(one.document.plan)[first.job_id] == who


def test_who_has_done_the_first_visit_does_not_have_the_others_in_another_order() -> None:
    _, plan = planned()
    who = next(who for who in sorted(set(people(plan).values())) if len(sorted_stops(plan, who)) > 1)
    first, second, *_ = sorted_stops(plan, who)
    done = Finished(kind="finished", job_id=first.job_id, at=first.end)
    for one in after(done, now=f"{first.end + timedelta(minutes=1):%H:%M}").proposals:
        (now, *_) = sorted_stops(one.document.plan, who)
        assert (now.job_id, now.start) == (second.job_id, second.start)
        assert one.changes == ()


def test_a_visit_that_was_in_vain_is_not_kept_at_the_time_that_has_passed() -> None:
    _, plan = planned()
    first = min((stop for shift in plan.shifts for stop in shift.stops), key=lambda stop: stop.start)
    nobody = NoAccess(kind="no_access", job_id=first.job_id, at=first.start + timedelta(minutes=10))
    found = after(nobody, now="10:30", keep=(Keep(grade="everything", until=at("13:00")),))
    for one in found.proposals:
        assert first.job_id not in {pin.job_id for pin in one.broken_pins}
        assert first.job_id not in {pin.job_id for pin in found.scenario.pins}


def test_what_is_not_there_cannot_be_kept() -> None:
    with pytest.raises(InvalidInput) as caught:
        after(
            AWAY, keep=(Keep(grade="day", job_ids=("J1", "J9")), Keep(grade="time", technician_ids=("T9",)))
        )
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("unknown-job", "keep[0].job_ids[1]"),
        ("unknown-technician", "keep[1].technician_ids[0]"),
    ]
    with pytest.raises(ValueError, match="names no visits"):
        Keep(grade="day")


def test_none_is_worse_than_another_in_everything() -> None:
    of, plan = planned()
    found = Replanner(next_revision(of, plan, (AWAY,), at("07:41")), plan).repaired()

    def like(name: ProposalName, weight: int, told: int, cents: int) -> Candidate:
        worth = found.document.assessment
        bill = worth.bill.model_copy(update={"total_cents": cents})
        kpis = worth.kpis.model_copy(update={"unserved_weight": weight})
        assessment = worth.model_copy(update={"bill": bill, "kpis": kpis})
        document = found.document.model_copy(update={"assessment": assessment})
        return found._replace(name=name, document=document, to_tell=("J",) * told)

    kept = undominated(
        [
            like("repair", 5, 2, 900),
            like("nobody else", 5, 2, 900),
            like("fewest changes", 5, 3, 800),
            like("between", 6, 3, 900),
            like("cheapest", 0, 9, 700),
        ]
    )
    assert {one.name for one in kept} == {"repair", "fewest changes", "cheapest"}


def test_of_two_searches_that_find_the_same_the_first_one_stays_whichever_ends_first() -> None:
    people = [technician(), technician(technician_id="T2")]
    asked = scenario(people, TWO_JOBS, now=at("07:30"))
    plan = plan_scenario(asked, stop=Iterations(60)).plan
    ill = CallOff(kind="call_off", technician_id=plan.shifts[0].technician_id, at=at("08:00"))
    revision = next_revision(with_expected(asked, plan, told=True), plan, [ill], at("08:00"))
    names = []
    for turned in (False, True):
        replanner = Replanner(revision, plan)
        tuple(replanner.searched(Iterations(40)))
        ended = [item for item in replanner._found.items() if item[0] != "repair"]
        replanner._found = dict(reversed(ended) if turned else ended)
        names.append([one.name for one in replanner.proposals().proposals])
    assert names[0] == names[1]
    assert len(names[0]) == 1


def test_reasons_can_be_left_out_and_nothing_else_changes() -> None:
    of, plan = planned()
    everybody = [CallOff(kind="call_off", technician_id=who, at=at("07:40")) for who in ("T1", "T2")]
    revision = next_revision(of, plan, everybody, at("07:41"))
    whole, bare = (
        Replanner(revision, plan, reasons=reasons).fewest_changes(Iterations(100)).document
        for reasons in (True, False)
    )
    assert bare.plan == whole.plan
    assert whole.assessment.unserved
    assert bare.assessment == whole.assessment.model_copy(update={"unserved": ()})
