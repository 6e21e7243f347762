"""What is worked out for offers; it is computed in the studio.

What counts as the day is the same as for a re-plan: the published plan carried on with all that has happened. Into it
go the windows that are held, in the order in which they were given.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.document import PlanDocument
from optimizer.domain.event import Event, Events
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_text import scenario_json
from optimizer.travel import Roads
from service.executor.branch_part import branch_part
from service.offers.errors import DayBroken, SlotGone
from service.offers.records import Found, OffersRequest, Wanted
from service.plans.questions import Texts, roads
from service.studio import Shelf

if TYPE_CHECKING:
    from optimizer.offers import Offerer, Taken


class Today(NamedTuple):
    """A board's day as it stands."""

    branch_id: str
    """Whose day."""
    day: date
    """The day."""
    at: datetime
    """The present moment."""
    happened: bytes
    """What has happened, and what customers were told, as JSON."""
    used: tuple[str, ...]
    """Jobs of the day's earlier plans."""
    held: tuple[bytes, ...]
    """What is held, in the order in which it was given, each as JSON of `Wanted`."""


class _Day(NamedTuple):
    """A question and its plan."""

    scenario: Scenario
    document: PlanDocument
    used: frozenset[str]
    """Ids that no new job may have."""


class _Laid(NamedTuple):
    """The day with what is held in it."""

    scenario: Scenario
    document: PlanDocument
    job_ids: tuple[str, ...]
    """Those of the held jobs that have room."""


def find_offers(_shelf: Shelf, texts: Texts, today: Today, asked: bytes) -> bytes:
    """Return when a new job could be done, as JSON of `Found`.

    Parameters
    ----------
    texts : the published plan and its question
    today : the day as it stands
    asked : the job and which windows come into question, as JSON of `OffersRequest`

    Raises
    ------
    InvalidInput
        The job or a window contradicts itself or the day; lists all.
    DayBroken
        The plan cannot simply be carried on.
    """
    from optimizer.offers import Offerer, slots_of

    request, road_data = OffersRequest.model_validate_json(asked), roads()
    day = _carried_on(texts, today, road_data)
    laid = _with_held(day, today.held, road_data)
    offerer = Offerer(laid.scenario, laid.document, roads=road_data)
    job = request.job
    if job.intake_at is None:
        job = job.model_copy(update={"intake_at": today.at})
    if issues := tuple(_issues(offerer, day.used, today, job, request.slots or ())):
        raise InvalidInput(issues)
    slots = request.slots
    if slots is None:
        every = slots_of(laid.scenario, job, "half day" if request.half_days else "two hours")
        slots = tuple(one for one in every if _day_of(one, laid.scenario) == today.day)
    offers = offerer.offers(
        job,
        slots=slots,
        limit=request.limit,
        further=request.further,
        others_may_move=request.others_may_move,
    )
    return Found(job=job, looked_at=len(slots), offers=offers).model_dump_json().encode()


def room_for(_shelf: Shelf, texts: Texts, today: Today, job_id: str) -> bytes:
    """Return what the customer of a held job would be told, as JSON of `Promise`.

    Parameters
    ----------
    texts : the published plan and its question
    today : the day as it stands, the job among those held
    job_id : the job

    Raises
    ------
    SlotGone
        Nobody has room for it in its window, beside what was held before.
    DayBroken
        The plan cannot simply be carried on.
    """
    road_data = roads()
    laid = _with_held(_carried_on(texts, today, road_data), today.held, road_data, needed=job_id)
    return _promise_of(laid.scenario, job_id).model_dump_json().encode()


def plan_with(_shelf: Shelf, texts: Texts, today: Today, job_id: str) -> Texts:
    """Return the question and the checked plan with a held job in it, and without the other held ones.

    Where each stands is found with all of them in the plan, so that the others still have room afterwards.

    Parameters
    ----------
    texts, today, job_id : as in `room_for`

    Raises
    ------
    SlotGone
        Nobody has room for it in its window, beside what was held before.
    DayBroken
        The plan cannot simply be carried on.
    """
    from optimizer.replan.effects import without_job
    from optimizer.replan.following import orders_left
    from optimizer.retime import retime

    road_data = roads()
    laid = _with_held(_carried_on(texts, today, road_data), today.held, road_data, needed=job_id)
    scenario, document = laid.scenario, laid.document
    others = [one for one in laid.job_ids if one != job_id]
    for one in others:
        scenario = without_job(scenario, one)
    if others:
        document = retime(scenario, orders_left(document.plan, scenario), roads=road_data)
        if document.assessment.findings:
            raise SlotGone(_said(one.sentence for one in document.assessment.findings))
    return Texts(scenario_json(scenario).encode(), plan_json(document).encode())


def _carried_on(texts: Texts, today: Today, road_data: Roads | None) -> _Day:
    """Return what is left of the published plan, carried on."""
    from optimizer.replan import next_revision, with_expected
    from optimizer.replan.following import orders_left
    from optimizer.retime import retime

    happened = json.loads(today.happened)
    events: tuple[Event, ...] = Events.model_validate_json(json.dumps({"events": happened["events"]})).events
    told = json.dumps(happened["told"]).encode()
    try:
        part = branch_part(texts.scenario, texts.plan, today.branch_id, told)
        revision = next_revision(part.question, part.plan, events, today.at, roads=road_data)
        scenario = with_expected(revision.scenario, part.plan)
        document = retime(scenario, orders_left(part.plan, scenario), roads=road_data)
    except InvalidInput as error:
        raise DayBroken(_said(one.cause for one in error.issues)) from None
    if broken := tuple(_broken(part.plan, scenario, document)):
        raise DayBroken(_said(broken))
    new = (event.job.job_id for event in events if event.kind == "new_job")
    used = {*today.used, *new, *(job.job_id for job in part.whole.jobs), *(j.job_id for j in scenario.jobs)}
    return _Day(scenario, document, frozenset(used))


def _broken(followed: Plan, scenario: Scenario, document: PlanDocument) -> Iterator[str]:
    """Yield what stands against carrying the plan on: rules that it breaks by now, jobs that have nobody any more."""
    yield from (f"{one.code}: {one.sentence}" for one in document.assessment.findings)
    left = {job.job_id for job in scenario.jobs}
    served = {stop.job_id for shift in document.plan.shifts for stop in shift.stops}
    planned = dict.fromkeys(stop.job_id for shift in followed.shifts for stop in shift.stops)
    if lost := [job_id for job_id in planned if job_id in left and job_id not in served]:
        yield f"Nobody comes to {', '.join(lost)} any more."


def _with_held(
    day: _Day, held: Sequence[bytes], road_data: Roads | None, *, needed: str | None = None
) -> _Laid:
    """Return the day with what is held; what has no room any more is left out.

    Parameters
    ----------
    day : what is left of the published plan
    held : as in `Today`
    needed : the job that must have room; none: none
    """
    from optimizer.offers import Offerer

    scenario, document = day.scenario, day.document
    found: list[str] = []
    for body in held:
        wanted = Wanted.model_validate_json(body)
        try:
            scenario, document = _taken(Offerer(scenario, document, roads=road_data), wanted)
        except SlotGone:
            if wanted.job.job_id == needed:
                raise
            continue
        found.append(wanted.job.job_id)
    return _Laid(scenario, document, tuple(found))


def _taken(offerer: "Offerer", wanted: Wanted) -> "Taken":
    """Return the day with a job in it, done by the first who has room for it."""
    said: list[str] = []
    for who in wanted.technicians:
        lead = wanted.offer.visits[0].model_copy(update={"technician_id": who})
        offer = wanted.offer.model_copy(update={"visits": (lead, *wanted.offer.visits[1:])})
        try:
            return offerer.confirm(wanted.job, offer)
        except InvalidInput as error:
            said.extend(one.cause for one in error.issues)
    raise SlotGone(_said(dict.fromkeys(said)))


def _issues(
    offerer: "Offerer", used: frozenset[str], today: Today, job: Job, slots: Sequence[Window]
) -> Iterator[Issue]:
    """Yield everything that stands against a new job and the windows that come into question."""
    from optimizer.offers.job_issues import job_issues, window_issues

    standing = offerer.standing
    if job.job_id in used and job.job_id not in standing.jobs:
        cause = f"There is a job {job.job_id!r} already, or was on this day."
        yield Issue("same-id", "job.job_id", cause, "Give the new job an id of its own.")
    yield from job_issues(standing, job)
    yield from window_issues(standing, slots)
    for number, window in enumerate(slots):
        if _day_of(window, standing.scenario) != today.day:
            cause = f"The window begins on another day than the board's, {today.day}."
            yield Issue("other-day", f"slots[{number}]", cause, "Ask the board of that day.")


def _day_of(window: Window, scenario: Scenario) -> date:
    return window.start.astimezone(ZoneInfo(scenario.time_zone)).date()


def _promise_of(scenario: Scenario, job_id: str) -> Promise:
    return next(one for one in reversed(scenario.promises) if one.job_id == job_id)


def _said(sentences: Iterable[str]) -> str:
    return " ".join(sentences)
