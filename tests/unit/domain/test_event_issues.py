"""Events that cannot be."""

from datetime import timedelta

import pytest

from optimizer.domain.event import (
    Arrived,
    Cancelled,
    Contacted,
    Event,
    Finished,
    NewJob,
    NoAccess,
    OnTheWay,
    OrderRefused,
    Overrun,
    PartArrived,
    Postponed,
    Started,
)
from optimizer.domain.event_issues import event_issues
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.replan import next_revision
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, stop, technician

NOW = at("12:00")
OF = scenario(
    [technician(), technician(technician_id="T2")],
    [job(), job(job_id="J2"), job(job_id="J3", intake_at=at("08:00"))],
)
MADE = plan(OF, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])

LEFT = OnTheWay(kind="on_the_way", job_id="J1", at=at("09:00"))
THERE = Arrived(kind="arrived", job_id="J1", at=at("09:10"))
BEGUN = Started(kind="started", job_id="J1", at=at("09:15"))
LONGER = Overrun(kind="overrun", job_id="J1", at=at("10:00"), ends_at=at("10:30"))
DONE = Finished(kind="finished", job_id="J1", at=at("10:25"))


def issues(*events: Event) -> list[tuple[str, str]]:
    now = max([NOW, *(event.at for event in events if event.at.date() > DAY)])
    return [(one.code, one.path) for one in event_issues(OF, MADE, events, now)]


@pytest.mark.parametrize(
    "events",
    [
        (),
        (LEFT, THERE, BEGUN, LONGER, DONE),
        (DONE, BEGUN, LEFT),  # the moment counts, not the place in the list
        (DONE,),
        (LEFT, Cancelled(kind="cancelled", job_id="J1", at=at("09:05"))),
        (BEGUN, LONGER, LONGER.model_copy(update={"at": at("10:10")}), DONE),
        (Contacted(kind="contacted", job_id="J2", at=at("09:00")),),
        (DONE, Contacted(kind="contacted", job_id="J1", at=at("11:00"))),
        (Contacted(kind="contacted", job_id="J3", at=at("08:00")),),
        (
            NewJob(kind="new_job", at=at("09:00"), job=job(job_id="J9")),
            Cancelled(kind="cancelled", job_id="J9", at=NOW),
        ),
    ],
)
def test_what_can_be(events: tuple[Event, ...]) -> None:
    assert issues(*events) == []


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((DONE.model_copy(update={"at": at("12:01")}),), [("event-to-come", "events[0].at")]),
        ((LONGER.model_copy(update={"ends_at": at("10:00")}),), [("overrun-over", "events[0].ends_at")]),
        ((DONE.model_copy(update={"job_id": "J7"}),), [("unknown-job", "events[0].job_id")]),
        ((DONE.model_copy(update={"job_id": "J2"}),), [("nobody-planned", "events[0].job_id")]),
        ((LEFT.model_copy(update={"technician_id": "T2"}),), [("not-on-the-job", "events[0].technician_id")]),
        (
            (LEFT.model_copy(update={"technician_id": "T7"}),),
            [("unknown-technician", "events[0].technician_id")],
        ),
        ((NewJob(kind="new_job", at=at("09:00"), job=job()),), [("known-job", "events[0].job.job_id")]),
        (
            (PartArrived(kind="part_arrived", branch_id="B7", at=NOW, parts={"fan": 1}),),
            [("unknown-branch", "events[0].branch_id")],
        ),
        (
            (DONE.model_copy(update={"at": at("10:25", DAY + timedelta(days=2))}),),
            [("long-ago", "events[0].at")],
        ),
        ((BEGUN, THERE.model_copy(update={"at": at("09:20")})), [("wrong-order", "events[1]")]),
        ((BEGUN, BEGUN.model_copy(update={"at": at("09:20")})), [("wrong-order", "events[1]")]),
        ((DONE, DONE.model_copy(update={"at": at("10:40")})), [("over-already", "events[1]")]),
        ((DONE, NoAccess(kind="no_access", job_id="J1", at=at("11:00"))), [("over-already", "events[1]")]),
        ((BEGUN, Cancelled(kind="cancelled", job_id="J1", at=at("09:30"))), [("begun-already", "events[1]")]),
        (
            (
                BEGUN,
                Postponed(
                    kind="postponed", job_id="J1", at=at("09:30"), windows=(Window(start=NOW, end=NOW),)
                ),
            ),
            [("begun-already", "events[1]")],
        ),
        (
            (BEGUN, OrderRefused(kind="order_refused", technician_id="T1", job_id="J1", at=at("09:30"))),
            [("begun-already", "events[1]")],
        ),
        (
            (Cancelled(kind="cancelled", job_id="J1", at=at("08:00")), LEFT),
            [("over-already", "events[1]")],
        ),
        (
            (
                NewJob(kind="new_job", at=at("09:00"), job=job(job_id="J9")),
                Cancelled(kind="cancelled", job_id="J9", at=at("08:59")),
            ),
            [("before-report", "events[1].at")],
        ),
        (
            (Contacted(kind="contacted", job_id="J3", at=at("07:59")),),
            [("before-report", "events[0].at")],
        ),
    ],
)
def test_what_cannot_be(events: tuple[Event, ...], expected: list[tuple[str, str]]) -> None:
    assert issues(*events) == expected


def test_everything_wrong_is_said_at_once() -> None:
    wrong = (DONE.model_copy(update={"at": at("13:00")}), LEFT.model_copy(update={"job_id": "J7"}))
    with pytest.raises(InvalidInput) as caught:
        next_revision(OF.model_copy(update={"now": at("12:30")}), MADE, wrong, NOW)
    codes = [issue.code for issue in caught.value.issues]
    assert codes == ["now-goes-back", "event-to-come", "unknown-job"]
    assert all(issue.cause and issue.action for issue in caught.value.issues)
