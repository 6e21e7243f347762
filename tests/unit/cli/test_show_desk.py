"""The desk's list: its next tasks, late ones marked, all of them on request."""

from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from optimizer.cli.show import show_plan
from optimizer.cli.show.desk import SHOWN_TASKS
from optimizer.domain.assessment import DeskTask
from tests.unit.interchange.documents import document, question
from tests.unit.rules.build import at

Output = pytest.CaptureFixture[str]


def task(job_id: str, start: datetime | None, owner: str = "desk", due: datetime | None = None) -> DeskTask:
    return DeskTask(
        code="RESPOND",
        job_id=job_id,
        owner=owner,
        release=at("08:00"),
        due=due or at("10:00"),
        start=start,
        sentence=f"Answer the report of {job_id}.",
    )


def said(capsys: Output, *tasks: DeskTask, whole: bool = False) -> list[str]:
    made = document()
    assessment = made.assessment.model_copy(update={"desk": tasks})
    show_plan(question(), made.model_copy(update={"assessment": assessment}), whole_desk=whole)
    view = capsys.readouterr().out
    assert max(cell_len(line) for line in view.splitlines()) <= 100
    lines = [" ".join(line.split()) for line in view.splitlines()]
    begins = [i for i, line in enumerate(lines) if line.startswith("Desk")]
    return lines[begins[0] : lines.index("Bill") - 1] if begins else []


def test_nothing_to_do(capsys: Output) -> None:
    assert said(capsys) == []
    assert said(capsys, whole=True) == []


def test_time_owner_what_due_and_how_late(capsys: Output) -> None:
    tasks = (task("J1", at("09:00"), "manager"), task("J2", at("10:20")), task("J3", None))
    assert said(capsys, *tasks) == [
        "Desk: 3 tasks, 1 late, 1 without a time in the planned days",
        "15 Jul 09:00 manager Answer the report of J1. due 15 Jul 10:00",
        "15 Jul 10:20 desk Answer the report of J2. due 15 Jul 10:00 20 min late",
        "no time desk Answer the report of J3. due 15 Jul 10:00",
    ]


def test_what_technicians_do_themselves_is_counted_only(capsys: Output) -> None:
    tasks = (task("J1", at("09:00")), task("J2", at("10:01"), "T1"), task("J3", at("09:10"), "T1"))
    assert said(capsys, *tasks)[0] == "Desk: 1 task"
    assert said(capsys, *tasks)[-2:] == [
        "Technicians themselves: 2 tasks, 1 late",
        "--desk lists all 3 tasks.",
    ]
    whole = said(capsys, *tasks, whole=True)
    assert whole[0] == "Desk: 3 tasks, 1 late"
    assert whole[2].startswith("15 Jul 10:01 T1 王强 Answer the report of J2")


def test_short_by_default(capsys: Output) -> None:
    tasks = tuple(task(f"J{n}", at("09:00") + timedelta(minutes=n)) for n in range(SHOWN_TASKS + 1))
    short = said(capsys, *tasks)
    assert len(short) == 1 + SHOWN_TASKS + 1
    assert short[-1] == f"--desk lists all {SHOWN_TASKS + 1} tasks."
    assert len(said(capsys, *tasks, whole=True)) == 1 + SHOWN_TASKS + 1


def test_only_technicians_have_calls(capsys: Output) -> None:
    assert said(capsys, task("J1", at("09:00"), "T1")) == [
        "Desk: nothing to do",
        "Technicians themselves: 1 task",
        "--desk lists it.",
    ]
