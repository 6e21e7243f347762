"""One door to what moves would mean: a plan is loaded once, and explained by the same object."""

from functools import cached_property
from zoneinfo import ZoneInfo

from optimizer.checker.breach import PLAN, breach
from optimizer.compile import compile_scenario
from optimizer.diff.jobs import job_changes
from optimizer.domain.assessment import Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.preview import Move, Preview, WorkDay
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.explain import Explainer, routes_of
from optimizer.preview.cut import Surroundings
from optimizer.preview.edited import Edited, edited
from optimizer.preview.place import Places
from optimizer.preview.promised import promised_starts
from optimizer.preview.retimed import Retimed, Waits, retimed
from optimizer.preview.settle import Settled, settled
from optimizer.preview.standing import Standing, plan_issues
from optimizer.preview.words import no_timing, sentence
from optimizer.preview.worth import Appraiser
from optimizer.retime import orders_of
from optimizer.retime.orders import asked_of
from optimizer.retime.room import with_room
from optimizer.schedule.plan import timetable
from optimizer.travel import Roads, travel_table


class Previewer:
    """A plan, loaded to be asked again and again what moves would mean, and why it is as it is.

    Loading takes seconds for thousands of jobs, a move milliseconds. Nothing of it changes by being asked; the
    explainer tries things on a bench of its own and is asked by one caller at a time.

    Parameters
    ----------
    scenario : the question, already validated
    document : a plan of it, made by this program or timed by `optimizer.retime`
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        When the plan is another scenario's, or names what the scenario does not know; lists all.
    """

    def __init__(self, scenario: Scenario, document: PlanDocument, *, roads: Roads | None = None) -> None:
        if issues := plan_issues(scenario, document):
            raise InvalidInput(issues)
        self.compiled = compile_scenario(scenario, travel_table(scenario, roads))
        self.document = document
        self.standing = Standing(self.compiled, document)
        """The plan with what is looked up again and again."""
        self._appraiser = Appraiser(self.standing)
        self._places = Places(self.standing)
        self.exact = self._is_timed_as_we_do() and not (self.standing.groups and document.assessment.findings)
        """Whether the plan is timed as the program times it, see `Preview.exact`."""

    @cached_property
    def explainer(self) -> Explainer:
        """Explains the same plan; asked for the first time it takes a moment to load."""
        return Explainer(self.compiled, routes_of(self.compiled, self.document.plan))

    def move(self, move: Move) -> Preview:
        """Return what a move would mean.

        Parameters
        ----------
        move : the move

        Raises
        ------
        InvalidInput
            When it names what is not there or contradicts itself; lists everything.
        """
        asked = settled(self.standing, move)
        if asked.position is not None or asked.target is None:
            return self._preview(asked, asked.position or 0)
        return self._at_the_cheapest_place(asked, asked.target)

    def orders_after(self, preview: Preview) -> Orders:
        """Return the orders of the whole plan with a move made, as `optimizer.retime` times them.

        Parameters
        ----------
        preview : of this plan; its move has a day and a place

        Raises
        ------
        InvalidInput
            When it is a preview of another plan, and names what is not in this one.
        """
        asked = settled(self.standing, preview.move)
        orders, _ = retimed(self.standing, edited(self.standing, asked, asked.position or 0))
        routes = tuple(orders.days[key] for key in self.standing.in_order(orders.days))
        return Orders(made_by=self.document.plan.provenance.engine, routes=routes, tools=orders.tools)

    def _at_the_cheapest_place(self, asked: Settled, target: ShiftKey) -> Preview:
        if not self._places.can_rank(asked, target):
            tried = [self._preview(asked, place) for place in range(len(asked.others), -1, -1)]
            return min(tried, key=lambda one: (not one.allowed, not one.timed, one.bill.difference_cents))
        ranked, last = self._places.ranked(asked, target), len(asked.others)
        first = self._preview(asked, last - ranked[0].behind)
        if first.allowed or self._places.is_barred(asked, target):
            return first
        for other in ranked[1:]:
            if other.late:
                break
            found = self._preview(asked, last - other.behind)
            if found.allowed:
                return found
        return first

    def _preview(self, asked: Settled, place: int) -> Preview:
        standing = self.standing
        orders, times = retimed(standing, edited(standing, asked, place))
        update = {"position": place, "before": None, "day": asked.target.day} if asked.target else {}
        move = asked.move.model_copy(update=update)
        if isinstance(times, Waits):
            return self._untimed(move, times)
        return self._timed(move, orders, times)

    def _untimed(self, move: Move, waits: Waits) -> Preview:
        findings = tuple(_finding(move, issue) for issue in waits.issues)
        return Preview(
            move=move,
            allowed=False,
            timed=False,
            exact=self.exact,
            sentence=no_timing(move, findings),
            findings=findings,
            bill=self._appraiser.nothing().bill,
        )

    def _timed(self, move: Move, orders: Edited, times: Retimed) -> Preview:
        standing = self.standing
        around = Surroundings(standing, orders, times, move.job_id)
        worth, part = self._appraiser.worth(around), around.people.scenario
        customers = {job.job_id: job.customer for job in part.jobs if job.customer is not None}
        jobs = tuple(job_changes(*around.with_mates(), customers))
        changed = standing.in_order(times.changed())
        zone = ZoneInfo(standing.scenario.time_zone)
        return Preview(
            move=move,
            allowed=not worth.broken,
            exact=self.exact,
            sentence=sentence(move, worth.broken, jobs, worth.bill, zone),
            findings=worth.broken,
            mended=worth.mended,
            bill=worth.bill,
            unserved_weight=worth.weight,
            clocks=worth.clocks,
            days=tuple(times.after[key] for key in changed if key in times.after),
            free=tuple(
                WorkDay(technician_id=key.technician_id, day=key.day)
                for key in changed
                if key not in times.after
            ),
            tools=tuple(one for one in times.tools_after if one not in times.tools_before),
            jobs=jobs,
            promised=tuple(promised_starts(part, jobs)),
        )

    def _is_timed_as_we_do(self) -> bool:
        """Tell whether the orders of the plan, timed by the program, give the plan again."""
        plan = self.document.plan
        try:
            asked = asked_of(self.compiled, orders_of(plan, self.compiled.scenario))
            room = with_room(self.compiled, asked.routes, asked.days)
            again = timetable(self.compiled._replace(problem=room.problem), room.routes)
        except InvalidInput:  # a halt at a branch that serves no job
            return False
        return (again.shifts, again.tools) == (plan.shifts, plan.tools)


def _finding(move: Move, issue: Issue) -> Finding:
    return breach(
        PLAN,
        issue.cause,
        measured=1,
        limit=0,
        unit="mismatch",
        advice=issue.action,
        job_id=move.job_id,
        technician_id=move.technician_id,
        day=move.day,
    )
