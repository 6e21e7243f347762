"""Simulates a chain of days: each is planned, goes as it really goes, is planned again on the way, and is closed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from optimizer.control import Iterations
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.event import Event, PartArrived, PartMissing, SiteNotReady, SiteReady
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_sample import DayFigures, Sample
from optimizer.operate import RunningDay
from optimizer.planning import plan_scenario
from optimizer.replan.effects import with_effect, without_job
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.new_jobs import new_jobs
from optimizer.whatif.simulate.day import WholeDay, simulated_day
from optimizer.whatif.simulate.figures import figures_of
from optimizer.whatif.simulate.waiting import Reported, Waiting, again
from optimizer.whatif.simulate.world import World
from optimizer.whatif.variants.on_call import ON_CALL, on_call_from

PLANNED_AT: Final = time(6, 30)
"""When the day is planned where the base names no present time."""
CUSTOMERS_REASONS: Final = ("no_access", "site_not_ready")
"""Why a visit is in vain through no fault of the company's: what runs out after it does not count."""
READY_AFTER: Final = timedelta(days=2)
"""So long it takes until a site is ready that was not (assumption)."""
PARTS_AFTER: Final = timedelta(hours=18)
"""So long it takes until a part is there that was missing: on the next morning (assumption)."""
DAYS_A_WORKED_ONE: Final = 3
LONGEST_HOLIDAY: Final = 30
"""Days of the calendar for each day that is worked, and some more, at most: two-day weeks and long holidays."""
BACK_FROM_S: Final = 8 * 3600
BACK_WITHIN_S: Final = 10 * 3600
"""Who finds that the fault is still there says so on the next day between eight and six (assumption)."""


def simulated_chain(
    base: Scenario, scenario: Scenario, model: DemandModel, study: Study, variant: str, number: int
) -> Sample:
    """Simulate one chain of days of a variant; the same arguments give the same figures.

    Parameters
    ----------
    base : the study's base, with shifts written on all days (`with_shifts_on`); jobs are drawn from its jobs
    scenario : the variant's scenario
    model : the demand and what chance does, with the variant's changes
    study : days, seed and effort
    variant : the variant's name
    number : which chain
    """
    chain = _Chain(base, scenario, model, study, number)
    days = [chain.next_day() for _ in range(study.warm_up_days + study.days)]
    people = tuple(one.technician_id for one in scenario.technicians)
    return Sample(variant=variant, chain=number, people=people, days=tuple(days[study.warm_up_days :]))


def days_ahead(study: Study, base: Scenario) -> list[date]:
    """Return the days on which the study's chains may work, days off between them included.

    Parameters
    ----------
    study : warm-up and days that count
    base : the study's base
    """
    first = base.horizon.first_day
    most = DAYS_A_WORKED_ONE * (study.warm_up_days + study.days) + base.horizon.days + LONGEST_HOLIDAY
    return [first + timedelta(days=number) for number in range(most)]


class _Chain:
    def __init__(
        self, base: Scenario, scenario: Scenario, model: DemandModel, study: Study, number: int
    ) -> None:
        self._base, self._model, self._study = base, model, study
        self._zone = ZoneInfo(scenario.time_zone)
        self._planned_at = PLANNED_AT if base.now is None else base.now.astimezone(self._zone).time()
        first = scenario.horizon.first_day
        self._question = _known_by(scenario, self._moment(first))
        self._world = World(model, base.policy, Chain(study.seed, number), self._moment(first))
        self._waiting = Waiting()
        self._agenda: list[Event] = []
        self._excused: dict[str, datetime] = {}
        self._drawn_until = first  # on the first day the base's own jobs are the demand
        self._on_call = frozenset(
            one.technician_id
            for one in scenario.technicians
            if any(leave.reason == ON_CALL for leave in one.leave)
        )

    def next_day(self) -> DayFigures:
        """Simulate the next day that is worked."""
        day = self._question.horizon.first_day
        reported = self._report_until(day)
        question, gone = self._in_the_morning(self._moment(day))
        whole = self._gone_through(day, question)
        self._question = whole.closed.scenario
        later = [Reported(job, whole.over_at) for job in whole.closed.report.waiting]
        self._waiting.add([*later, *self._not_mended(whole)])
        self._agenda += self._on_order(whole)
        for one in whole.ended:
            if one.outcome in CUSTOMERS_REASONS:
                self._excused.setdefault(one.job.job_id, one.at)
        left = len(self._question.jobs) + len(self._waiting)
        return figures_of(whole, reported=reported, given_up=gone, open_jobs=left, excused=self._excused)

    def _moment(self, day: date) -> datetime:
        """Return when a day is planned."""
        return datetime.combine(day, self._planned_at, tzinfo=self._zone)

    def _report_until(self, day: date) -> int:
        """Let customers report up to the end of a day; return how many do."""
        count = 0
        while self._drawn_until < day:
            self._drawn_until += timedelta(days=1)
            for one in new_jobs(self._model, self._base, self._world.chain, self._drawn_until):
                known_at = one.job.dispatched_at or one.reported_at
                self._world.reported(one.job.job_id, known_at)
                self._waiting.add([Reported(one.job, known_at)])
                count += 1
        return count

    def _in_the_morning(self, now: datetime) -> tuple[Scenario, int]:
        """Return the question of the day, and how many took their report back since the day before."""
        question = self._question.model_copy(update={"now": now})
        for event in sorted(self._agenda, key=lambda one: one.at.timestamp()):
            if event.at <= now:
                question = with_effect(question, event, leads=None)
                self._agenda.remove(event)
        gone = 0
        for job in (*self._waiting.jobs, *question.jobs):
            at = self._world.cancelled_at(job)
            if at is not None and at <= now:
                gone += 1
                question = without_job(question, job.job_id)
                self._waiting.drop(job.job_id)
        people = tuple(
            on_call_from(one, now.date()) if one.technician_id in self._on_call else one
            for one in question.technicians
        )
        jobs = (*question.jobs, *(one.job for one in self._waiting.due(question, now)))
        return question.model_copy(update={"technicians": people, "jobs": jobs}), gone

    def _gone_through(self, day: date, question: Scenario) -> WholeDay:
        effort, now = self._study.effort, self._moment(day)
        stop = Iterations(effort.plan_iterations)
        plan = plan_scenario(question, stop=stop, seed=self._study.seed, reasons=False).plan
        moments = [datetime.combine(day, clock, tzinfo=self._zone) for clock in effort.replan_at]
        return simulated_day(
            RunningDay(question, plan, now, seed=self._study.seed),
            self._world,
            self._base,
            self._waiting,
            moments=[moment for moment in moments if moment > now],
            stop=Iterations(effort.replan_iterations),
        )

    def _not_mended(self, whole: WholeDay) -> Iterator[Reported]:
        """Yield the jobs whose customers will find that the fault is still there."""
        for one in whole.ended:
            if one.outcome == "not_fixed":
                midnight = datetime.combine(one.at.date() + timedelta(days=1), time(), tzinfo=self._zone)
                u = self._world.chain.uniform("back", one.job.job_id)
                at = midnight + timedelta(seconds=BACK_FROM_S + int(u * BACK_WITHIN_S))
                found = again(self._world, self._question, one.job, at)
                self._world.reported(found.job.job_id, found.at)
                yield found

    def _on_order(self, whole: WholeDay) -> Iterator[Event]:
        """Yield when sites will be ready and parts will be there."""
        branch = {one.technician_id: one.branch_id for one in whole.morning.technicians}
        led = {one.job.job_id: one.technician_id for one in whole.ended}
        for event in whole.events:
            if isinstance(event, SiteNotReady):
                yield SiteReady(kind="site_ready", at=event.at + READY_AFTER, job_id=event.job_id)
            if isinstance(event, PartMissing):
                where = branch[led[event.job_id]]
                at = event.at + PARTS_AFTER
                yield PartArrived(kind="part_arrived", at=at, branch_id=where, parts=event.parts)


def _known_by(scenario: Scenario, now: datetime) -> Scenario:
    """Return the question with all its jobs known on the first morning, where they were to be reported after it."""

    def known(at: datetime | None) -> datetime | None:
        return None if at is None else min(at, now, key=datetime.timestamp)

    jobs = tuple(
        job.model_copy(update={"intake_at": known(job.intake_at), "dispatched_at": known(job.dispatched_at)})
        for job in scenario.jobs
    )
    return scenario.model_copy(update={"jobs": jobs})
