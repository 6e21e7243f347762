"""Who is told what when a way to go on is taken."""

from optimizer.operate import Played
from optimizer.operate.words import ordered_words, reason, told_words
from tests.unit.operate.small_day import BEFORE_NOON, played
from tests.unit.rules.build import at


def turns() -> tuple[Played, Played]:
    first, _, second = played().moments
    return first, second


def test_everybody_is_told_in_the_morning() -> None:
    promises = {one.job_id: (one.technician_id, one.told, one.told_at) for one in played().question.promises}
    assert promises == {"J1": ("T1", True, at("07:30")), "J2": ("T2", True, at("07:30"))}


def test_who_is_asked_for_another_time_has_it_as_appointment() -> None:
    turn = turns()[0].turn
    assert turn is not None
    (told,) = turn.taken.told
    assert (told.job_id, told.change, told.asked) == ("J1", "other time", True)
    # T2 is done with J2 at 10:10 and drives 20 minutes; the window opens half an hour before, at a quarter of an hour
    assert told_words(told, at("09:00").tzinfo) == "J1 10:00–12:00 T2 asked"  # type: ignore[arg-type]
    promises = {one.job_id: one for one in turn.scenario.promises}
    (first, second) = turn.scenario.jobs
    assert first.windows == (promises["J1"].window,)
    assert (promises["J1"].technician_id, promises["J1"].told_at, promises["J1"].asked) == (
        "T2",
        at("08:00"),
        False,
    )
    assert (promises["J2"].told_at, second.windows[0].start) == (at("07:30"), at("09:00"))


def test_who_did_not_open_and_who_calls_are_told_who_comes() -> None:
    turn = turns()[1].turn
    assert turn is not None
    told = {one.job_id: one for one in turn.taken.told}
    assert {name: one.change for name, one in told.items()} == {"J2": "first told", "E1": "first told"}
    assert told["E1"].now is not None
    assert told["E1"].now.window == BEFORE_NOON


def test_technicians_are_told_what_is_new_and_what_is_gone() -> None:
    first, second = turns()
    assert first.turn is not None
    assert second.turn is not None
    assert [ordered_words(one) for one in first.turn.taken.ordered] == ["T2 +J1", "T1 −J1"]
    assert [ordered_words(one, {"T2": "Li"}) for one in second.turn.taken.ordered] == ["Li +E1"]


def test_why_is_said_in_both_languages() -> None:
    turn = turns()[0].turn
    assert turn is not None
    assert reason(turn.choice) == "no other way is better in anything"
    assert reason(turn.choice, "zh") == "没有其他方案在任何一项上更好"


def test_a_visit_lost_is_told_and_promised_no_more() -> None:
    from optimizer.control import Iterations
    from optimizer.domain.event import CallOff
    from optimizer.operate import RunningDay
    from optimizer.planning import plan_scenario
    from tests.unit.replan.test_close import question

    asked = question(now=at("07:30"))
    day = RunningDay(asked, plan_scenario(asked, stop=Iterations(60)).plan, at("07:30"))
    day.happened([CallOff(kind="call_off", technician_id="T1", at=at("08:00"))])
    found = day.ways_to_go_on(at("08:00"), Iterations(20))
    taken = day.take(found, found.proposals[0], at("08:00"))
    assert [(one.job_id, one.change) for one in taken.told] == [("J1", "not served"), ("J2", "not served")]
    assert day.scenario.promises == ()
    again = day.ways_to_go_on(at("09:00"), Iterations(20))
    assert again.proposals[0].to_tell == ()
