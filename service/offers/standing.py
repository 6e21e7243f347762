"""A board's day as it stands, kept in the studio: new jobs are asked about beside it again and again.

The day is the same as for a re-plan: the published plan carried on with all that has happened. Into it go the windows
that are held, in the order in which they were given.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.domain.event import Event, Events
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.travel import Roads
from service.executor.branch_part import branch_part
from service.offers.errors import DayBroken, SlotGone
from service.offers.records import Wanted
from service.plans.questions import Texts, roads
from service.studio import Shelf

if TYPE_CHECKING:
    from optimizer.offers import Offerer, Taken


class Today(NamedTuple):
    """What a board's day hangs on, apart from what is held."""

    board_id: str
    """Which board."""
    plan_id: str
    """The published plan."""
    branch_id: str
    """Whose day."""
    day: date
    """The day."""
    at: datetime
    """The moment from which on it is looked at."""
    happened: bytes
    """What has happened, and what customers were told, as JSON."""
    used: tuple[str, ...]
    """Jobs of the day's earlier plans."""


class Laid:
    """A question and its plan, with what is held in it.

    Parameters
    ----------
    scenario, document : the question and its plan
    road_data : the operator's road data; none: straight lines
    job_ids : those of the held jobs that have room
    gone : why others have none
    """

    def __init__(
        self,
        scenario: Scenario,
        document: PlanDocument,
        road_data: Roads | None,
        job_ids: tuple[str, ...] = (),
        gone: Mapping[str, str] | None = None,
    ) -> None:
        self.scenario = scenario
        self.document = document
        self.job_ids = job_ids
        self.gone = gone or {}
        self._road_data = road_data

    @cached_property
    def offerer(self) -> "Offerer":
        """The plan, loaded to be asked."""
        from optimizer.offers import Offerer

        return Offerer(self.scenario, self.document, roads=self._road_data)

    def holding(self, body: bytes) -> "Laid":
        """Return the same with one more that is held; where it has no room it is left out.

        Parameters
        ----------
        body : as JSON of `Wanted`
        """
        wanted = Wanted.model_validate_json(body)
        job_id, road_data = wanted.job.job_id, self._road_data
        try:
            scenario, document = _taken(self.offerer, wanted)
        except SlotGone as no_room:
            gone = {**self.gone, job_id: str(no_room)}
            return Laid(self.scenario, self.document, road_data, self.job_ids, gone)
        return Laid(scenario, document, road_data, (*self.job_ids, job_id), self.gone)


class StandingDay:
    """A board's day, carried on.

    Parameters
    ----------
    texts : the published plan and its question
    today : what else it hangs on

    Raises
    ------
    DayBroken
        The plan cannot simply be carried on.
    """

    def __init__(self, texts: Texts, today: Today) -> None:
        self.today = today
        day, self.used = _carried_on(texts, today, roads())
        self._laid = [day]  # with nothing that is held, with the first, with the first two …
        self._held: tuple[bytes, ...] = ()

    def holding(self, held: tuple[bytes, ...]) -> Laid:
        """Return the day with what is held; what is known already of the first of them is not worked out again.

        Parameters
        ----------
        held : what is held, in the order in which it was given, each as JSON of `Wanted`
        """
        same = next(
            (n for n, (a, b) in enumerate(zip(held, self._held, strict=False)) if a != b),
            min(len(held), len(self._held)),
        )
        del self._laid[same + 1 :]
        self._held = held[:same]
        for body in held[same:]:
            self._laid.append(self._laid[-1].holding(body))
            self._held = (*self._held, body)
        return self._laid[-1]


def standing_day(
    shelf: Shelf, texts: Texts, today: Today, held: tuple[bytes, ...]
) -> tuple[StandingDay, Laid]:
    """Return a board's day and the same with what is held, as they are kept or from now on.

    Of a board one day is kept, until anything is otherwise that it hangs on.

    Parameters
    ----------
    shelf : what the process keeps
    texts : the published plan and its question
    today, held : the day as it stands, see `StandingDay`

    Raises
    ------
    DayBroken
        The plan cannot simply be carried on.
    """
    key = f"day of {today.board_id}"
    day: StandingDay | None = shelf.find(key)
    if day is None or day.today != today:
        day = StandingDay(texts, today)
    laid = day.holding(held)
    shelf.keep(key, day, (1 + len(held)) * (len(texts.scenario) + len(texts.plan)))
    return day, laid


def _carried_on(texts: Texts, today: Today, road_data: Roads | None) -> tuple[Laid, frozenset[str]]:
    """Return what is left of the published plan, carried on, and the ids that no new job may have."""
    from optimizer.replan import next_revision, with_expected
    from optimizer.replan.following import orders_left
    from optimizer.retime import retime

    happened = json.loads(today.happened)
    events: tuple[Event, ...] = Events.model_validate_json(json.dumps({"events": happened["events"]})).events
    told = json.dumps(happened["told"]).encode()
    try:
        part = branch_part(texts.scenario, texts.plan, today.branch_id, told)
        revision = next_revision(
            part.question, part.plan, events, _begins(today, part.question), roads=road_data
        )
        scenario = with_expected(revision.scenario, part.plan)
        document = retime(scenario, orders_left(part.plan, scenario), roads=road_data)
    except InvalidInput as error:
        raise DayBroken(said(one.cause for one in error.issues)) from None
    if broken := tuple(_broken(part.plan, scenario, document)):
        raise DayBroken(said(broken))
    new = (event.job.job_id for event in events if event.kind == "new_job")
    used = {*today.used, *new, *(job.job_id for job in part.whole.jobs), *(j.job_id for j in scenario.jobs)}
    return Laid(scenario, document, road_data), frozenset(used)


def _begins(today: Today, question: Scenario) -> datetime:
    """Return the moment from which on the day is looked at: in full minutes, but not before its own question."""
    own = question.now
    return own if own is not None and own.replace(second=0, microsecond=0) == today.at else today.at


def _broken(followed: Plan, scenario: Scenario, document: PlanDocument) -> Iterator[str]:
    """Yield what stands against carrying the plan on: rules that it breaks by now, jobs that have nobody any more."""
    yield from (f"{one.code}: {one.sentence}" for one in document.assessment.findings)
    left = {job.job_id for job in scenario.jobs}
    served = {stop.job_id for shift in document.plan.shifts for stop in shift.stops}
    planned = dict.fromkeys(stop.job_id for shift in followed.shifts for stop in shift.stops)
    if lost := [job_id for job_id in planned if job_id in left and job_id not in served]:
        yield f"Nobody comes to {', '.join(lost)} any more."


def _taken(offerer: "Offerer", wanted: Wanted) -> "Taken":
    """Return the day with a job in it, done by the first who has room for it."""
    causes: list[str] = []
    for who in wanted.technicians:
        lead = wanted.offer.visits[0].model_copy(update={"technician_id": who})
        offer = wanted.offer.model_copy(update={"visits": (lead, *wanted.offer.visits[1:])})
        try:
            return offerer.confirm(wanted.job, offer)
        except InvalidInput as error:
            causes.extend(one.cause for one in error.issues)
    raise SlotGone(said(dict.fromkeys(causes)))


def said(sentences: Iterable[str]) -> str:
    """Return sentences as one text."""
    return " ".join(sentences)
