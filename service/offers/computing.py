"""What is worked out for offers beside a board's day; it is computed in the studio."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from optimizer.domain.job import Job
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_text import scenario_json
from service.offers.errors import SlotGone
from service.offers.records import Found, OffersRequest
from service.offers.standing import Laid, Today, said, standing_day
from service.plans.questions import Texts, roads
from service.studio import Shelf

if TYPE_CHECKING:
    from optimizer.offers import Offerer


def find_offers(shelf: Shelf, texts: Texts, today: Today, held: tuple[bytes, ...], asked: bytes) -> bytes:
    """Return when a new job could be done, as JSON of `Found`.

    Parameters
    ----------
    shelf : what the process keeps
    texts : the published plan and its question
    today, held : the day as it stands, see `StandingDay`
    asked : the job and which windows come into question, as JSON of `OffersRequest`

    Raises
    ------
    InvalidInput
        The job or a window contradicts itself or the day; lists all.
    DayBroken
        The plan cannot simply be carried on.
    """
    from optimizer.offers import slots_of

    request = OffersRequest.model_validate_json(asked)
    day, laid = standing_day(shelf, texts, today, held)
    offerer = laid.offerer
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


def room_for(shelf: Shelf, texts: Texts, today: Today, held: tuple[bytes, ...], job_id: str) -> bytes:
    """Return what the customer of a held job would be told, as JSON of `Promise`.

    Parameters
    ----------
    shelf, texts, today : as in `find_offers`
    held : what is held, the job among it
    job_id : the job

    Raises
    ------
    SlotGone
        Nobody has room for it in its window, beside what was held before.
    DayBroken
        The plan cannot simply be carried on.
    """
    laid = _with_room(shelf, texts, today, held, job_id)
    return _promise_of(laid.scenario, job_id).model_dump_json().encode()


def plan_with(shelf: Shelf, texts: Texts, today: Today, held: tuple[bytes, ...], job_id: str) -> Texts:
    """Return the question and the checked plan with a held job in it, and without the other held ones.

    Where each stands is found with all of them in the plan, so that the others still have room afterwards.

    Parameters
    ----------
    shelf, texts, today, held, job_id : as in `room_for`

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

    laid = _with_room(shelf, texts, today, held, job_id)
    scenario, document = laid.scenario, laid.document
    others = [one for one in laid.job_ids if one != job_id]
    for one in others:
        scenario = without_job(scenario, one)
    if others:
        document = retime(scenario, orders_left(document.plan, scenario), roads=roads())
        if document.assessment.findings:
            raise SlotGone(said(one.sentence for one in document.assessment.findings))
    return Texts(scenario_json(scenario).encode(), plan_json(document).encode())


def _with_room(shelf: Shelf, texts: Texts, today: Today, held: tuple[bytes, ...], job_id: str) -> Laid:
    """Return the day with what is held; one of it must have room."""
    _, laid = standing_day(shelf, texts, today, held)
    if job_id in laid.gone:
        raise SlotGone(laid.gone[job_id])
    return laid


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
