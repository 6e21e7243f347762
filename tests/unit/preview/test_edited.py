"""Orders with a move made: halts, seats and shared tools go along as a dispatcher means it."""

from optimizer.domain.preview import Move
from optimizer.domain.roster import ShiftKey
from optimizer.preview import Previewer
from optimizer.preview.edited import Edited, edited
from optimizer.preview.settle import settled
from tests.unit import crew_day, restock_day
from tests.unit.preview.two_days import loaded
from tests.unit.rules.build import DAY, NEXT_DAY

T1, T2 = ShiftKey("T1", DAY), ShiftKey("T2", DAY)


def made(previewer: Previewer, position: int, move: Move) -> Edited:
    return edited(previewer.standing, settled(previewer.standing, move), position)


def on_the_way() -> Previewer:
    """Return the day on which T1 does J1, loads at B2 and does J2."""
    from optimizer.assess import assess
    from optimizer.domain.document import PlanDocument

    of = restock_day.question()
    plan = restock_day.answer(of)
    return Previewer(of, PlanDocument(plan=plan, assessment=assess(of, plan)))


def test_the_job_leaves_one_day_and_stands_in_the_other() -> None:
    orders = made(loaded(), 0, Move(job_id="J2", technician_id="T2"))
    assert {key: day.jobs for key, day in orders.days.items()} == {T1: ("J1",), T2: ("J2", "J3")}
    assert orders.touched == {T1, T2}


def test_a_day_without_jobs_is_no_day() -> None:
    orders = made(loaded(), 0, Move(job_id="J3"))
    assert list(orders.days) == [T1]


def test_a_new_place_on_the_same_day() -> None:
    orders = made(loaded(), 0, Move(job_id="J2", technician_id="T1"))
    assert orders.days[T1].jobs == ("J2", "J1")


def test_halts_keep_their_place_between_the_other_stops() -> None:
    previewer = on_the_way()
    # The halt stands behind J1: in front of it goes what is put in front of J1, behind it what is put before J2.
    before = {place: made(previewer, place, Move(job_id="J3", technician_id="T1")) for place in (0, 1, 2)}
    assert {place: one.days[T1].restocks[0].before for place, one in before.items()} == {0: 2, 1: 1, 2: 1}
    assert made(previewer, 0, Move(job_id="J1")).days[T1].restocks[0].before == 0


def test_a_halt_that_serves_no_job_any_more_is_not_made() -> None:
    # The two fan motors loaded at B2 were for J2.
    previewer = on_the_way()
    found = previewer.move(Move(job_id="J2"))
    assert found.allowed
    (day,) = found.days
    assert (day.technician_id, day.restocks) == ("T1", ())


def test_who_takes_over_takes_the_seat_and_the_tool_goes_along() -> None:
    previewer = Previewer(crew_day.question(), crew_day.document())
    move = Move(job_id="J2", technician_id="T3", from_technician_id="T2")
    orders = made(previewer, 0, move)
    assert orders.days[ShiftKey("T3", DAY)].seats["J2"] == 1
    assert orders.tools == previewer.standing.tools


def test_a_tool_stays_at_home_for_a_job_that_is_left_out() -> None:
    previewer = Previewer(crew_day.question(), crew_day.document())
    orders = made(previewer, 0, Move(job_id="J2"))
    assert {tool.tool: tool.jobs for tool in orders.tools} == {"hoist": ("J3",), "nitrogen bottle": ("J5",)}


def test_on_another_day_a_job_gets_the_tool_that_is_free() -> None:
    previewer = Previewer(crew_day.question(), crew_day.document())
    orders = made(previewer, 0, Move(job_id="J5", technician_id="T4", day=NEXT_DAY))
    assert [tool.tool for tool in orders.tools] == ["hoist"]
