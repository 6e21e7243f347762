"""The report of a board's day: all of it, however often it was planned again."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from optimizer.control import Iterations
from optimizer.domain.day_report import DayReport
from optimizer.domain.event import Event
from optimizer.domain.one_branch import of_branch
from optimizer.operate import RunningDay
from tests.unit.service.boards.day import DAY, NEWEST, X, at, plan_of, two_branches
from tests.unit.service.boards.live_day import LiveDay, live_day
from tests.unit.service.served import key_for

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class BothDays:
    """The same day, on a board over HTTP and by the library; whatever is planned, its customers are told."""

    def __init__(self, board: LiveDay) -> None:
        scenario = two_branches()
        question, plan = of_branch(scenario, plan_of(scenario, X).plan, "B1")
        self.board, self.running = board, RunningDay(question, plan, board.clock[0])
        self._tell()

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.board.clock[0]

    def happens(self, **event: Any) -> None:
        """Report an event on both sides, at the present moment unless it says otherwise."""
        told = {"at": self.now.isoformat(), **event}
        self.board.happens(**told)
        self.running.happened([EVENT.validate_python(told)])

    def goes_on(self) -> None:
        """Plan the rest of the day again on both sides, take the first proposal and tell the customers."""
        address, found = self.board.proposals()
        one = found["proposals"][0]
        assert self.board.publish(address, one["plan_id"]).status_code == 200
        ways = self.running.ways_to_go_on(self.now, Iterations(1))
        same = next(way for way in ways.proposals if way.name == one["name"])
        assert same.ask == ()  # RunningDay takes who is asked as agreed
        self.running.take(ways, same, self.now)
        planned = self.board.office.client.get(f"/plans/{one['plan_id']}/content").json()["plan"]["shifts"]
        assert planned == same.document.plan.model_dump(mode="json")["shifts"]
        self._tell()

    def closed(self, clock: str = "20:00") -> tuple[DayReport, DayReport]:
        """Close the day on both sides; return the reports of the board and of the library."""
        self.board.it_is(clock)
        client, address = self.board.office.client, self.board.board
        answer = client.post(f"{address}/close", json={"same_shifts": True}, headers=NEWEST)
        assert answer.status_code == 200, answer.text
        said = client.get(f"{address}/report").json()["report"]
        mine = self.running.close(date.fromisoformat(DAY), self.now, same_shifts=True)
        following = client.get(f"/scenarios/{answer.json()['closed']['scenario_id']}/content").json()
        assert [job["job_id"] for job in following["jobs"]] == [job.job_id for job in mine.scenario.jobs]
        # The fingerprint of the last question also knows in which order its customers were told.
        mark = {"as_it_was": mine.report.as_it_was.model_copy(update={"scenario_sha256": said_mark(said)})}
        return DayReport.model_validate(said), mine.report.model_copy(update=mark)

    def _tell(self) -> None:
        """Tell the customers of the board what the plan asks to tell them; the library has done it."""
        client, address = self.board.office.client, self.board.board
        for one in client.get(address).json()["promises"]:
            if not one["told"]:
                told = {"at": self.now.isoformat()}
                answer = client.post(f"{address}/jobs/{one['job_id']}/promise", json=told, headers=NEWEST)
                assert answer.status_code == 200, answer.text


def said_mark(report: Any) -> str:
    """Return the fingerprint of the question in a report."""
    mark: str = report["as_it_was"]["scenario_sha256"]
    return mark


@pytest.fixture
def both(tmp_path: Path) -> Iterator[BothDays]:
    with live_day(tmp_path) as day:
        yield BothDays(day)


def test_a_day_that_was_planned_again_is_reported_whole_and_as_the_library_reports_it(both: BothDays) -> None:
    both.board.it_is("09:50")
    both.happens(kind="started", job_id="J1", at=at("09:40"))
    both.happens(kind="finished", job_id="J3", at=at("09:45"))
    both.board.it_is("10:15")
    new = {"job_id": "N1", "type": "survey", "place": {"lat": 28.21, "lon": 113.0}, "branch_id": "B1"}
    both.happens(kind="finished", job_id="J1")
    both.happens(kind="new_job", job=new)
    both.goes_on()
    both.board.it_is("11:00")
    both.happens(kind="call_off", technician_id="T2")
    tomorrow = {"start": "2026-07-16T10:00:00+08:00", "end": "2026-07-16T12:00:00+08:00"}
    both.happens(kind="postponed", job_id="J4", windows=[tomorrow])
    both.goes_on()
    over_http, by_library = both.closed()
    assert over_http == by_library
    assert set(over_http.done) == {"J1", "J2", "J3", "N1"}
    assert over_http.left_over == ("R1", "J4")  # nobody can do R1; J4 was put off behind the planned day
    was = {stop.job_id: stop for shift in over_http.as_it_was.shifts for stop in shift.stops}
    times = (was["J1"].start, was["J1"].end, was["J3"].end)
    assert times == tuple(datetime.fromisoformat(at(clock)) for clock in ("09:40", "10:15", "09:45"))
    planned = {one.technician_id: one.planned_hours for one in over_http.technicians}
    assert planned["T1"] > 0  # of the morning's plan
    assert planned["T2"] > 0


def test_a_promise_is_what_was_told_with_the_first_plan(both: BothDays) -> None:
    both.board.it_is("08:40")
    both.happens(kind="call_off", technician_id="T1", approved=True)  # J1 and J2 were told T1
    both.goes_on()
    over_http, by_library = both.closed()
    assert over_http == by_library
    came = {one.job_id: (one.technician_id, one.came) for one in over_http.promises}
    assert came["J1"] == came["J2"] == ("T1", "T2")


def test_a_plan_that_was_taken_back_is_not_in_the_report(both: BothDays) -> None:
    client, address = both.board.office.client, both.board.board
    both.board.it_is("08:40")
    both.board.happens(kind="cancelled", job_id="J2")
    both.running.happened([EVENT.validate_python({"kind": "cancelled", "job_id": "J2", "at": at("08:40")})])
    found = both.board.proposals()
    assert both.board.publish(found[0], found[1]["proposals"][0]["plan_id"]).status_code == 200
    assert client.post(f"{address}/undo", headers=NEWEST).status_code == 200
    over_http, by_library = both.closed()
    assert over_http == by_library
    assert over_http.given_up == ("J2",)


def test_who_was_promised_a_time_on_the_way_is_held_to_it(both: BothDays) -> None:
    client, address = both.board.office.client, both.board.board
    both.board.it_is("09:00")
    new = {"job_id": "N1", "type": "survey", "place": {"lat": 28.21, "lon": 113.0}, "branch_id": "B1"}
    offers = client.post(f"{address}/offers", json={"job": new})
    window = offers.json()["offers"][0]["window"]
    confirmed = client.post(f"{offers.headers['Location']}/confirm", json={"window": window}, headers=NEWEST)
    assert confirmed.status_code == 200, confirmed.text
    both.board.it_is("17:30")
    both.board.happens(kind="started", job_id="N1", at=at("17:00"))
    both.board.happens(kind="finished", job_id="N1")
    both.board.it_is("23:00")
    assert client.post(f"{address}/close", json={}, headers=NEWEST).status_code == 200
    report = DayReport.model_validate(client.get(f"{address}/report").json()["report"])
    assert {"J1", "J2", "J3", "N1"} == set(report.done)
    (late,) = (one for one in report.promises if one.job_id == "N1")
    assert late.change == "late"


def test_a_draft_over_a_confirmed_job_that_is_taken_back_leaves_the_day_whole(both: BothDays) -> None:
    office, address = both.board.office, both.board.board
    both.board.it_is("10:20")
    new = {"job_id": "N1", "type": "survey", "place": {"lat": 28.21, "lon": 113.0}, "branch_id": "B1"}
    offers = office.client.post(f"{address}/offers", json={"job": new})
    window = {"window": offers.json()["offers"][0]["window"]}
    confirmed = office.client.post(f"{offers.headers['Location']}/confirm", json=window, headers=NEWEST)
    assert confirmed.status_code == 200, confirmed.text
    both.board.happens(kind="cancelled", job_id="N1")
    office.publish(address, office.plan(X))
    assert office.client.post(f"{address}/undo", headers=NEWEST).status_code == 200
    # J1 was taken to be done when N1 was confirmed: the plan that knew it is one of the day's again.
    both.board.happens(kind="finished", job_id="J1", at=at("10:00"))


def went_on(both: BothDays) -> None:
    """Nobody reports on J1, planned for 09:30 to 10:05; at 10:20 the day is planned again as if it was done."""
    both.board.it_is("10:20")
    both.happens(kind="cancelled", job_id="J4")
    both.goes_on()
    part = both.board.office.client.get(both.board.board).json()["published"]
    assert "J1" not in [job["job_id"] for job in part["jobs"]]


def test_a_late_report_that_agrees_gives_the_day_its_real_times(both: BothDays) -> None:
    went_on(both)
    both.board.it_is("11:00")
    both.happens(kind="started", job_id="J1", at=at("09:42"))
    both.happens(kind="finished", job_id="J1", at=at("09:58"))
    over_http, by_library = both.closed()
    assert over_http == by_library
    was = {stop.job_id: stop for shift in over_http.as_it_was.shifts for stop in shift.stops}
    times = tuple(datetime.fromisoformat(at(clock)) for clock in ("09:42", "09:58"))
    assert (was["J1"].start, was["J1"].end) == times
    assert "J1" not in over_http.assumed


def test_work_that_took_longer_than_was_taken_delays_what_nobody_reported_behind_it(both: BothDays) -> None:
    went_on(both)
    both.board.it_is("11:30")
    both.happens(kind="finished", job_id="J1", at=at("11:20"))
    over_http, by_library = both.closed()
    assert over_http == by_library
    was = {stop.job_id: stop for shift in over_http.as_it_was.shifts for stop in shift.stops}
    assert was["J1"].end == was["J2"].leg.departure == datetime.fromisoformat(at("11:20"))


def test_a_job_that_was_not_done_after_all_comes_back_as_work_left_over(both: BothDays) -> None:
    went_on(both)
    client, address = both.board.office.client, both.board.board
    both.board.it_is("11:00")
    nobody = {"kind": "no_access", "job_id": "J1", "at": at("09:40")}
    both.running.happened([EVENT.validate_python(nobody)])
    answer = client.post(f"{address}/events", json={"events": [nobody]}, headers=NEWEST)
    assert (answer.status_code, answer.json()["back"]) == (200, ["J1"])
    again = client.post(f"{address}/events", json={"events": [nobody]}, headers=NEWEST)
    assert (again.status_code, again.json()["version"]) == (200, answer.json()["version"])
    kinds = [one["event"]["kind"] for one in client.get(f"{address}/events").json()["events"]]
    assert kinds == ["cancelled", "no_access", "new_job"]
    over_http, by_library = both.closed()
    assert over_http == by_library
    assert over_http.second_visits == ("J1",)
    assert "J1" not in over_http.done


def test_a_late_report_that_is_sent_again_is_not_noted_again(both: BothDays) -> None:
    went_on(both)
    client, address = both.board.office.client, both.board.board
    both.board.it_is("11:00")
    key_for(client, "admin")
    mine = key_for(client, "technician", technician_id="T1")
    steps = (("on_the_way", "09:20"), ("arrived", "09:35"), ("no_access", "09:40"))
    told = {"events": [{"kind": kind, "job_id": "J1", "at": at(clock)} for kind, clock in steps]}
    first, again = (client.post(f"{address}/events", json=told, headers={**NEWEST, **mine}) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert first.json()["version"] == again.json()["version"]


def test_what_was_reported_before_the_day_was_planned_again_is_not_noted_again(both: BothDays) -> None:
    client, address = both.board.office.client, both.board.board
    both.board.it_is("09:50")
    both.happens(kind="no_access", job_id="J1", at=at("09:40"))
    both.goes_on()
    view = client.get(address).json()
    assert "J1" in [stop["job_id"] for shift in view["published"]["shifts"] for stop in shift["stops"]]
    both.board.happens(kind="no_access", job_id="J1", at=at("09:40"))  # of the first visit, sent again
    assert client.get(address).json()["board"]["version"] == view["board"]["version"]


def test_a_job_that_came_back_is_planned_again_and_done(both: BothDays) -> None:
    went_on(both)
    both.board.it_is("11:00")
    both.happens(kind="part_missing", job_id="J1", at=at("09:40"), parts={"belt": 1})
    both.happens(kind="part_arrived", branch_id="B1", parts={"belt": 1})
    both.goes_on()
    view = both.board.office.client.get(both.board.board).json()["published"]
    assert "J1" in [stop["job_id"] for shift in view["shifts"] for stop in shift["stops"]]
    over_http, by_library = both.closed()
    assert over_http == by_library
    assert {"J1", "J2", "J3"} == set(over_http.done)
    assert sum(one.in_vain for one in over_http.technicians) == 1


def test_late_reports_that_cannot_be_are_refused_with_cause_and_remedy(both: BothDays) -> None:
    went_on(both)
    client, address = both.board.office.client, both.board.board
    both.board.it_is("11:00")
    both.happens(kind="finished", job_id="J1", at=at("10:00"))
    told = [
        {"kind": "contacted", "job_id": "J2", "at": at("10:50")},
        {"kind": "no_access", "job_id": "J1", "at": at("10:05")},
        {"kind": "started", "job_id": "J9", "at": at("10:05")},
    ]
    refused = client.post(f"{address}/events", json={"events": told}, headers=NEWEST)
    assert refused.status_code == 422
    found = {one["pointer"]: one["code"] for one in refused.json()["issues"]}
    assert found == {"/events/1": "over-already", "/events/2/job_id": "unknown-job"}
    tool = {"kind": "tool_missing", "job_id": "J3", "at": at("09:40"), "tools": ["multimeter"]}
    refused = client.post(f"{address}/events", json={"events": [tool]}, headers=NEWEST)
    (issue,) = refused.json()["issues"]
    assert (refused.status_code, issue["code"]) == (422, "planned-since")
    assert "J3" in issue["cause"]


def test_a_technician_reports_late_of_own_jobs_alone(both: BothDays) -> None:
    went_on(both)
    client, address = both.board.office.client, both.board.board
    both.board.it_is("11:00")
    key_for(client, "admin")
    mine = key_for(client, "technician", technician_id="T1")
    other = key_for(client, "technician", technician_id="T2")
    done = {"events": [{"kind": "finished", "job_id": "J1", "at": at("10:00")}]}
    refused = client.post(f"{address}/events", json=done, headers={**NEWEST, **other})
    assert refused.status_code == 422
    assert client.post(f"{address}/events", json=done, headers={**NEWEST, **mine}).status_code == 200
