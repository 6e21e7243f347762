"""The view of a plan: everything that matters, in 100 columns, without colours in a pipe."""

from datetime import date

import pytest
from rich.cells import cell_len

from optimizer.cli.show import show_plan
from optimizer.domain.assessment import ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Rest
from optimizer.domain.policy import Policy
from optimizer.domain.time import DateRange
from tests.unit.interchange.documents import document, question
from tests.unit.rules.build import at, leg


@pytest.fixture
def view(capsys: pytest.CaptureFixture[str]) -> str:
    show_plan(question(), document())
    return capsys.readouterr().out


def test_the_head_says_how_much_for_how_much(view: str) -> None:
    assert "served 1 of 2 jobs · bill ¥6,234.57 · on time 0.0 % (0 of 1 clock) · 1 of 1 technician" in view
    assert "engine hand · seed 0 · 0 iterations · searched to the end" in view
    assert "every hard rule is kept" in view


def test_a_shift_in_order_of_time(view: str) -> None:
    lines = [" ".join(line.split()) for line in view.splitlines()]
    first = lines.index("T1 王强 · Wed 15 Jul · car · 1 job")
    assert lines[first + 1] == "10:40 · leaves branch B1"
    # Left at 10:40, 10 min drive, so 10 min of waiting before 11:00; the rest after the job is no waiting.
    assert lines[first + 2] == "10:50 · waits 10 min"
    assert lines[first + 3].startswith("11:00–12:00 J1 repair/aircon ×2 [red]五一大道[/red]")
    assert lines[first + 3].endswith("10 min 6.0 km")
    assert lines[first + 4] == "12:00–12:40 · midday rest"
    assert lines[first + 5] == "12:50 · back branch B1 10 min 6.0 km"


def test_a_rest_after_the_way_back_stands_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    # Back at 12:00; the rest of 12:00 to 12:40 is moved to 12:05, as if taken at the branch.
    made = document()
    shift = made.plan.shifts[0]
    home = leg("job:J1", "branch:B1", at("12:00"))
    rest = Rest(kind="break", start=at("12:05"), end=at("12:45"))
    changed = shift.model_copy(update={"last_leg": home, "rests": (rest,)})
    plan = made.plan.model_copy(update={"shifts": (changed,)})
    show_plan(question(), made.model_copy(update={"plan": plan}))
    view = capsys.readouterr().out
    assert view.index("midday rest") > view.index("back")


def test_a_rest_before_leaving_stands_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    # Leaves at 10:40; the rest is moved to 10:00, as if taken at the branch.
    made = document()
    rest = Rest(kind="break", start=at("10:00"), end=at("10:40"))
    shift = made.plan.shifts[0].model_copy(update={"rests": (rest,)})
    show_plan(question(), made.model_copy(update={"plan": made.plan.model_copy(update={"shifts": (shift,)})}))
    view = capsys.readouterr().out
    assert view.index("midday rest") < view.index("leaves")


def test_what_is_left_out_and_why(view: str) -> None:
    assert "Left out (1)" in view
    assert "J2" in view
    assert "Nobody holds the skill it needs." in view


def test_on_a_narrow_terminal_ids_are_whole_and_addresses_legible(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    show_plan(question(), document())
    lines = capsys.readouterr().out.splitlines()
    (stop,) = (line for line in lines if line.startswith("  ") and " J1 " in line and "–" in line)
    # Where the job is has 16 columns, the kind of work what is left.
    assert cell_len(stop) <= 60
    assert "[red]五一大道" in stop


def test_clocks_that_need_attention(view: str) -> None:
    assert "Clocks: 1 missed, 0 at risk" in view
    assert "due 15 Jul 11:30  finished 15 Jul 12:00  30 min late" in view
    assert "costs nothing" not in view  # no target among them


def with_clocks(*clocks: ClockState) -> PlanDocument:
    made = document()
    return made.model_copy(update={"assessment": made.assessment.model_copy(update={"clocks": clocks})})


LATE = document().assessment.clocks[0]
MET = LATE.model_copy(update={"code": "ARRIVE_NEAR", "event": "arriving", "state": "met", "slack_s": 7200})
RISK = MET.model_copy(update={"state": "at_risk", "slack_s": 600})
OPEN = LATE.model_copy(
    update={"job_id": "J2", "code": "COMPLAINT", "state": "open", "at": None, "slack_s": None}
)
ORDER = OPEN.model_copy(
    update={"code": "DISPATCH", "label": "target", "event": "dispatching", "state": "missed"}
)


def test_clocks_of_the_desk_are_counted_only(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(
        question(), with_clocks(LATE, MET, RISK, OPEN, ORDER, ORDER.model_copy(update={"job_id": "J1"}))
    )
    view = capsys.readouterr().out
    assert "Clocks: 1 missed, 1 at risk" in view
    assert " 10 min left" in view
    assert "At the desk, DISPATCH target: 2 missed, 0 at risk" in view
    assert "--clocks lists all 6 clocks." in view
    assert "COMPLAINT" not in view
    assert "ordered" not in view


def test_without_worries_nothing_is_said_of_clocks(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(question(), with_clocks(MET, OPEN))
    assert "Clocks" not in capsys.readouterr().out


def test_every_clock_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(question(), with_clocks(LATE, MET, RISK, OPEN, ORDER), every_clock=True)
    view = capsys.readouterr().out
    lines = [" ".join(line.split()) for line in view.splitlines()]
    first = lines.index("All 5 clocks")
    assert lines[first + 1 : first + 6] == [
        "J1 COMPLETE due 15 Jul 11:30 finished 15 Jul 12:00 missed 30 min late",
        "J1 ARRIVE_NEAR due 15 Jul 11:30 on site 15 Jul 12:00 met 2 h 00 min left",
        "J1 ARRIVE_NEAR due 15 Jul 11:30 on site 15 Jul 12:00 at risk 10 min left",
        "J2 COMPLAINT due 15 Jul 11:30 left out open",
        "J2 DISPATCH target due 15 Jul 11:30 left out missed",
    ]
    assert max(cell_len(line) for line in view.splitlines()) <= 100


@pytest.mark.parametrize(("cents", "free"), [(0, True), (500, False)])
def test_a_target_is_named_and_free_unless_priced(
    cents: int, free: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    made = document()
    (clock,) = made.assessment.clocks
    target = clock.model_copy(update={"label": "target"})
    assessment = made.assessment.model_copy(update={"clocks": (target,)})
    policy = Policy(rules={"COMPLETE": {"missed_target_cents": cents}})
    show_plan(
        question().model_copy(update={"policy": policy}), made.model_copy(update={"assessment": assessment})
    )
    view = capsys.readouterr().out
    assert "COMPLETE target  due 15 Jul 11:30" in view
    assert ("A missed target costs nothing" in view) is free


def test_the_bill_by_rule(view: str) -> None:
    lines = [" ".join(line.split()) for line in view.splitlines()]
    first = lines.index("Bill")
    assert lines[first + 1 : first + 6] == [
        "money spent ¥1,234.56",
        "TRAVEL travel 12.0 km ¥1,234.56",
        "price of poor service ¥5,000.01",
        "UNSERVED left out 1 job ¥5,000.01",
        "total ¥6,234.57",
    ]


def test_it_fits_and_stays_plain_in_a_pipe(view: str) -> None:
    assert max(cell_len(line) for line in view.splitlines()) <= 100
    assert "\x1b" not in view
    assert [line for line in view.splitlines() if line.endswith(" ")] == []


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_columns_say_how_wide(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    show_plan(question(), document(), every_clock=True, whole_desk=True)
    widest = max(cell_len(line) for line in capsys.readouterr().out.splitlines())
    assert widest <= columns
    assert widest > columns - 40


def test_travel_warnings_stand_in_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    made = document()
    travel = made.plan.travel.model_copy(update={"warnings": ("no road \x1b[31mserver",)})
    show_plan(question(), made.model_copy(update={"plan": made.plan.model_copy(update={"travel": travel})}))
    view = capsys.readouterr().out
    assert "travel: no road �[31mserver\n" in view.split("every hard rule")[0]


def test_several_days_have_headings(capsys: pytest.CaptureFixture[str]) -> None:
    made = document()
    horizon = made.plan.horizon.model_copy(update={"days": 2})
    show_plan(question(), made.model_copy(update={"plan": made.plan.model_copy(update={"horizon": horizon})}))
    view = capsys.readouterr().out
    assert "test · 2026-07-15 to 2026-07-16" in view
    assert "Wed 15 Jul · 1 technician, 1 job ───" in view
    assert "Thu 16 Jul · nobody has work ───" in view
    assert view.index("Wed 15 Jul · 1 tech") < view.index("T1 王强") < view.index("Thu 16 Jul")


def test_one_day_has_no_heading(view: str) -> None:
    assert "───" not in view


def test_who_has_no_work_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    leave = DateRange(first_day=date(2026, 7, 1), last_day=date(2026, 7, 31), reason="wedding")
    away = (
        question()
        .technicians[0]
        .model_copy(update={"technician_id": "T9", "name": "王强", "leave": (leave,)})
    )
    asked = question().model_copy(update={"technicians": (*question().technicians, away)})
    show_plan(asked, document())
    view = capsys.readouterr().out
    assert (
        "Without work (1)\n  T9 王强 on 2026-07-15 is off duty: leave or sickness (ABSENT), wedding.\n"
        in view
    )
