"""The jobs that customers report on a day, with what will really come of them."""

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.desk_hours import desk_due
from optimizer.domain.job import Customer, Job
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.generate.demand import SURNAMES
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.late import RULE as LATE
from optimizer.rules.settings import params_of
from optimizer.whatif.demand.agreed import agreed_window
from optimizer.whatif.demand.arrivals import Arrival, arrivals
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.style import Style, demand_issues, drawn_priority
from optimizer.whatif.demand.truth import Truth, truth_of

AN_HOUR: Final = timedelta(hours=1)
CLOCKED: Final = ("repair", "complaint")
"""Kinds of work for which clocks run where the scenario has no job to go by."""
ALIKE: Final = (
    *(
        "units",
        "duration_min",
        "seats",
        "mates",
        "setup_min",
        "skills",
        "certificates",
        "tools",
        "shared_tools",
    ),
    *("parts", "contract", "drive_line", "supplier_needed", "fault"),
)
"""What a new job has of the one it is like."""


class DrawnJob(NamedTuple):
    """A job that a customer reports, and what will come of its first visit."""

    job: Job
    """The job, as the desk writes it down."""
    reported_at: datetime
    """When the desk hears of it, local time; before it nobody knows of the job."""
    truth: Truth
    """What will come of it; not for the planner."""


def new_jobs(model: DemandModel, scenario: Scenario, chain: Chain, day: date) -> tuple[DrawnJob, ...]:
    """Draw the jobs that are reported on a day, in order of time.

    A new job is like one of the scenario's jobs of its type and product: what it asks for, units, crew, parts, work at
    heights. It has a place near one of the area's, a customer and an id of its own, and no ties to other jobs, branches
    or technicians. What the site lacks is not known beforehand. Clocks run (`intake_at` is set) where they run for the
    job it is like and the customer did not choose a window that is too late for them.

    Parameters
    ----------
    model : the demand
    scenario : the study's base scenario, the same for all its variants and days: jobs are drawn from its jobs
    chain : source of chance
    day : local date

    Returns
    -------
    The jobs; their ids begin with ``D`` and the day, such as ``D260715-17-2``, and stay the same when `demand` changes.

    Raises
    ------
    InvalidInput
        The model names areas or types that the scenario does not have, or more jobs come than it can hold.
    """
    if issues := demand_issues(model, scenario):
        raise InvalidInput(issues)
    style, prefix = Style(scenario), _prefix(scenario, day)
    drawn = []
    for arrival in arrivals(model, chain, day, ZoneInfo(scenario.time_zone)):
        job = _job(f"{prefix}{arrival.number}", model, scenario, chain, arrival, style)
        truth = truth_of(model, scenario.policy, chain, job, since=arrival.at)
        drawn.append(DrawnJob(job, arrival.at, truth))
    return tuple(drawn)


def _prefix(scenario: Scenario, day: date) -> str:
    """Return what the ids of a day begin with and no job or customer of the scenario does."""
    taken = [job.job_id for job in scenario.jobs]
    taken += [job.customer.customer_id for job in scenario.jobs if job.customer is not None]
    prefix = f"D{day:%y%m%d}-"
    while any(name.startswith(prefix) for name in taken):
        prefix = f"D{prefix}"
    return prefix


def _job(
    job_id: str, model: DemandModel, scenario: Scenario, chain: Chain, arrival: Arrival, style: Style
) -> Job:
    priority = drawn_priority(model, chain, arrival)
    like = style.like(chain, arrival, priority)
    ordered_at = desk_due(scenario, arrival.at, model.dispatch_min)
    window = agreed_window(model.appointments, scenario, chain, arrival, ordered_at)
    bare = Job(
        job_id=job_id,
        type=arrival.type,
        product=arrival.source.product,
        place=style.place(chain, arrival, model.place_spread_m),
        area=arrival.source.area,
        windows=() if window is None else (window,),
        priority=priority or (like.priority if like is not None else "normal"),
    )
    facts: dict[str, Any] = {}
    if like is not None:
        facts = {field: getattr(like, field) for field in ALIKE}
        ready = {"power_supply_fit": True, "property_consent": True, "confirmations_signed": True}
        facts["site"] = like.site.model_copy(update=ready)
    kind_of_work = kind(bare, scenario.policy)
    if kind_of_work == "complaint":
        strong = chain.uniform("strong", *arrival.name) < model.strong_complaints
        facts["complaint"] = "strong" if strong else "complaint"
        if strong:
            facts["priority"] = "emergency"
        elif priority is None and like is not None and like.complaint == "strong":
            facts["priority"] = "normal"  # the one it is like is an emergency because its complaint is strong
    clocked = kind_of_work in CLOCKED if like is None else like.intake_at is not None
    if clocked and not _chose_later(scenario, arrival, window):
        facts |= {"intake_at": arrival.at, "dispatched_at": ordered_at}
        limit = timedelta(hours=params_of(LATE, scenario.policy).first_limit_h)
        facts["delay_agreed"] = window is not None and window.end > ordered_at + limit
    job = bare.model_copy(update=facts)
    return job.model_copy(update={"customer": _customer(job, chain, arrival)})


def _chose_later(scenario: Scenario, arrival: Arrival, window: Window | None) -> bool:
    """Tell whether the customer chose a window that leaves no hour for coming in time (`ARRIVE_NEAR`)."""
    within = timedelta(hours=params_of(ARRIVE_NEAR, scenario.policy).within_h)
    return window is not None and window.start + AN_HOUR > arrival.at + within


def _customer(job: Job, chain: Chain, arrival: Arrival) -> Customer:
    surname = SURNAMES[int(chain.uniform("surname", *arrival.name) * len(SURNAMES))]
    title = "女士" if chain.uniform("title", *arrival.name) < 0.5 else "先生"
    return Customer(
        customer_id=f"{job.job_id}-C", name=f"{surname}{title}", key_customer=job.priority == "vip"
    )
