"""A day from its published plan to its close: what happens, how it can go on, which way is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from optimizer.control import Iterations, Seconds
from optimizer.domain.event import Event
from optimizer.domain.event_issues import issues_with, known_of
from optimizer.domain.late_events import comes_back, plan_of_late, too_late
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposal, Proposals
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.operate.choosing import kept
from optimizer.operate.telling import Ordered, Told, Way, as_told, orders_changed, published, told_of
from optimizer.replan import Closed, Replanner, answered, next_revision, replan
from optimizer.replan.whole_day import Chapter, close_chapters
from optimizer.travel import Roads


class Taken(NamedTuple):
    """A way to go on that was taken."""

    told: tuple[Told, ...]
    """What customers are told."""
    ordered: tuple[Ordered, ...]
    """Whose orders are others now."""


class RunningDay:
    """A day whose plan is followed, planned again when something happens, and closed.

    Parameters
    ----------
    scenario : the question that was planned in the morning, already validated
    plan : the plan that is published
    now : when; all customers of the plan are told their times then
    seed : of all searches
    roads : the operator's road data; none: straight lines
    """

    def __init__(
        self, scenario: Scenario, plan: Plan, now: datetime, *, seed: int = 0, roads: Roads | None = None
    ) -> None:
        self.scenario = published(scenario, plan, now)
        """The question that is answered at present, with what customers know."""
        self.plan = plan
        """The plan that is followed."""
        self._seed, self._roads = seed, roads
        self._chapters: list[Chapter] = []
        self._happened: list[Event] = []

    def happened(self, events: Sequence[Event]) -> None:
        """Hear of something: since the plan that is followed was taken, or late, of a job that was taken to be done.

        All of it is heard or nothing.

        Parameters
        ----------
        events : what happened

        Raises
        ------
        InvalidInput
            A late report contradicts what was reported in time, or concerns what has been planned since; lists all.
        """
        before = list(self._chapters), list(self._happened)
        issues: list[Issue] = []
        for place, event in enumerate(events):
            row = plan_of_late(self._jobs, self._happened, event)
            if row is None:
                self._happened.append(event)
            else:
                issues.extend(self._heard_late(row, event, place))
        if issues:
            self._chapters, self._happened = before
            raise InvalidInput(tuple(issues))

    @property
    def _jobs(self) -> list[set[str]]:
        """The jobs that each plan of the day was to answer for."""
        questions = (*(chapter.scenario for chapter in self._chapters), self.scenario)
        return [{job.job_id for job in question.jobs} for question in questions]

    def _heard_late(self, row: int, event: Event, place: int) -> Iterator[Issue]:
        """Take up a late report, and yield what stands against it."""
        chapter = self._chapters[row]
        told = (*chapter.events, *chapter.late, event)
        late = max(event.at, chapter.until, key=datetime.timestamp)
        if issue := too_late(event, place):
            yield issue
        if issues := issues_with(known_of(chapter.scenario, chapter.plan), told, late):
            for one in issues:
                yield replace(one, path=f"events[{place}]{one.path.partition(']')[2]}")
            return
        self._chapters[row] = chapter._replace(late=(*chapter.late, event))
        job = next(one for one in chapter.scenario.jobs if one.job_id == getattr(event, "job_id", None))
        if (again := comes_back(job, event, told[:-1])) is not None:
            self._happened.append(again)

    def ways_to_go_on(self, now: datetime, stop: Seconds | Iterations) -> Proposals:
        """Return how the day can go on from here; emergencies and strong complaints are not put off.

        Parameters
        ----------
        now : the present moment
        stop : seconds for all searches, or iterations of each: then the same ways each time

        Raises
        ------
        InvalidInput
            Events contradict each other, the plan or the question; lists all.
        """
        revision = next_revision(self.scenario, self.plan, self._happened, now, roads=self._roads)
        keep = kept(revision.scenario, self.plan)
        return replan(revision, self.plan, stop=stop, keep=keep, seed=self._seed, roads=self._roads)

    def take(self, found: Proposals, proposal: Proposal, now: datetime) -> Taken:
        """Go on by one of the ways: customers and technicians are told what changes.

        Parameters
        ----------
        found : the ways to go on, found last
        proposal : one of them
        now : the moment for which they were found
        """
        return self._take(answered(found, proposal), proposal, now)

    def go_on(self, now: datetime, stop: Iterations) -> Taken:
        """Plan the rest of the day again, with as few changes as possible, and take that at once.

        Parameters
        ----------
        now : the present moment
        stop : iterations of the search

        Raises
        ------
        InvalidInput
            See `ways_to_go_on`.
        """
        revision = next_revision(self.scenario, self.plan, self._happened, now, roads=self._roads)
        keep = kept(revision.scenario, self.plan)
        replanner = Replanner(
            revision, self.plan, keep=keep, seed=self._seed, roads=self._roads, reasons=False
        )
        found = replanner.fewest_changes(stop)
        return self._take(found.scenario, found, now)

    def _take(self, question: Scenario, way: Way, now: datetime) -> Taken:
        plan = way.document.plan
        told = told_of(question, way, self.plan, now)
        ordered = orders_changed(self.plan, plan)
        self._chapters.append(Chapter(self.scenario, self.plan, tuple(self._happened), now))
        self._happened.clear()
        self.scenario, self.plan = as_told(question, plan, told, now), plan
        return Taken(told, ordered)

    def close(
        self, day: date, now: datetime, *, days: int | None = None, same_shifts: bool = False
    ) -> Closed:
        """Close the day; its report sets all of it beside the plan of the morning.

        Parameters
        ----------
        day : the day that is over
        now : the present moment, after the last visit
        days : planned days of the next question, 1 to 14; none: those left of this one, else one
        same_shifts : people work the same shifts on the next day, where nothing else is written

        Raises
        ------
        InvalidInput
            Somebody is still at work, or has a visit to come, or events contradict each other; lists all.
        """
        chapters = (*self._chapters, Chapter(self.scenario, self.plan, tuple(self._happened), now))
        return close_chapters(chapters, day, days=days, same_shifts=same_shifts, roads=self._roads)
