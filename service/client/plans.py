"""Plans: read, explained, tried, compared, exported; made by hand."""

from datetime import date
from typing import Literal

from optimizer.domain.answers import Explanation
from optimizer.domain.assessment import Bill
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.preview import Move, Preview
from optimizer.words.language import Language
from service.client.room import Room, at
from service.plans.records import (
    CheckRequest,
    Clocks,
    DeskTasks,
    HandMade,
    LeftOut,
    PlanCheck,
    PlanInfo,
    PlanPage,
    Timetable,
)

ClockStanding = Literal["met", "at_risk", "missed", "open"]
"""How a clock stands."""

Export = Literal["xlsx", "csv", "geojson", "ics", "html"]
"""A workbook, its tables as CSV files, a map, a calendar for each technician, a page."""


class Plans(Room):
    """The operations of plans."""

    def list_plans(
        self, *, scenario_id: str | None = None, limit: int = 50, after: str | None = None
    ) -> PlanPage:
        """List plans, the newest first.

        Parameters
        ----------
        scenario_id : of this scenario only; none: of all
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        return self._connection.get(at("plans"), PlanPage, scenario_id=scenario_id, limit=limit, after=after)

    def time_plan(self, scenario_id: str, orders: Orders, *, revision: int | None = None) -> PlanInfo:
        """Have orders made by hand timed and checked, and stored as a plan.

        Parameters
        ----------
        scenario_id : the scenario they are for
        orders : who does what in which order
        revision : the scenario's revision; none: the newest
        """
        made = HandMade(scenario_id=scenario_id, orders=orders, revision=revision)
        return self._connection.change("POST", at("plans"), PlanInfo, made)

    def check_plan(
        self, scenario_id: str, document: PlanDocument, *, revision: int | None = None
    ) -> PlanCheck:
        """Have a plan made elsewhere held against a scenario; nothing is stored.

        Parameters
        ----------
        scenario_id : the scenario it is for
        document : the plan
        revision : the scenario's revision; none: the newest
        """
        asked = CheckRequest(scenario_id=scenario_id, document=document, revision=revision)
        return self._connection.change("POST", at("plans", "check"), PlanCheck, asked)

    def get_plan(self, plan_id: str) -> PlanInfo:
        """Say which scenario a plan answers, how it was made, and its key figures."""
        return self._connection.get(at("plans", plan_id), PlanInfo)

    def get_plan_content(self, plan_id: str) -> PlanDocument:
        """Return a whole plan with its assessment."""
        return self._connection.get(at("plans", plan_id, "content"), PlanDocument)

    def get_timetable(
        self, plan_id: str, *, technician_id: str | None = None, day: date | None = None
    ) -> Timetable:
        """Return who is where when.

        Parameters
        ----------
        plan_id : which plan
        technician_id : of this technician only; none: of all
        day : of this day only; none: of all
        """
        path = at("plans", plan_id, "timetable")
        return self._connection.get(path, Timetable, technician_id=technician_id, day=day)

    def get_bill(self, plan_id: str) -> Bill:
        """Return what a plan owes, line by line."""
        return self._connection.get(at("plans", plan_id, "bill"), Bill)

    def get_clocks(self, plan_id: str, *, state: ClockStanding | None = None) -> Clocks:
        """Return how the clocks stand.

        Parameters
        ----------
        plan_id : which plan
        state : only those in this state; none: all
        """
        return self._connection.get(at("plans", plan_id, "clocks"), Clocks, state=state)

    def get_desk_tasks(self, plan_id: str) -> DeskTasks:
        """Return the calls and answers that the desk owes, in order of time."""
        return self._connection.get(at("plans", plan_id, "desk"), DeskTasks)

    def get_unserved(self, plan_id: str) -> LeftOut:
        """Return for each job left out what stops it."""
        return self._connection.get(at("plans", plan_id, "unserved"), LeftOut)

    def explain_plan(
        self,
        plan_id: str,
        *,
        job_id: str | None = None,
        technician_id: str | None = None,
        instead: str | None = None,
    ) -> Explanation:
        """Say why; without a question of every job left out.

        Parameters
        ----------
        plan_id : which plan
        job_id : why this job is left out, late, or where it is
        technician_id : why this technician's days are as they are
        instead : with `job_id`: what it would mean to let this technician do it
        """
        path = at("plans", plan_id, "explanation")
        return self._connection.get(
            path, Explanation, job_id=job_id, technician_id=technician_id, instead=instead
        )

    def preview_move(self, plan_id: str, move: Move) -> Preview:
        """Say what a move would mean; nothing is changed.

        Parameters
        ----------
        plan_id : which plan
        move : the job, and where it is to go
        """
        return self._connection.change("POST", at("plans", plan_id, "preview"), Preview, move)

    def compare_plans(self, plan_id: str, newer: str) -> PlanDiff:
        """Say how two plans differ.

        Parameters
        ----------
        plan_id : the older plan
        newer : id of the newer plan
        """
        return self._connection.get(at("plans", plan_id, "diff"), PlanDiff, newer=newer)

    def export_plan(
        self, plan_id: str, kind: Export, *, language: Language = "en", phones: bool = False
    ) -> bytes:
        """Return a plan as a file; CSV files and calendars come as a zip.

        Parameters
        ----------
        plan_id : which plan
        kind : in which form
        language : of headings and names
        phones : write customers' telephone numbers into tables and map
        """
        path = at("plans", plan_id, "exports", kind)
        return self._connection.content(path, language=language, phones=phones or None)
