"""The single changes as edits of the scenario, each with the arrays that come out of it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.domain.explanation import Widening
from optimizer.domain.place import Place
from optimizer.domain.requirements import (
    branch_in_charge,
    carried_tools,
    great_circle_m,
    required_certificates,
)
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Technician
from optimizer.domain.time import Window, seconds_between
from optimizer.explain.outings import first_shift
from optimizer.explain.subject import Subject
from optimizer.explain.trial import Trial
from optimizer.explain.variants import (
    MORE_OVERTIME_MIN,
    overtime_limit_min,
    rostered,
    with_more_overtime,
    with_shift_of,
)
from optimizer.problem import Problem, Routes
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import own_installers
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools
from optimizer.schedule.lanes import Timekeeper
from optimizer.words.ways import wider_words

QUARTER_S = 900
"""Windows are offered from a full quarter of an hour."""
SHORTEST_S, WIDEST_S = 1800, 7200
"""A window on offer is as wide as the agreed one, but neither shorter nor wider than these seconds."""
WIDEST_KM = 2000.0
"""No personal radius is wider."""


class Change(NamedTuple):
    """A changed question and what was changed in it."""

    scenario: Scenario
    problem: Problem
    minutes: int = 0
    window: Window | None = None
    names: tuple[str, ...] = ()
    parts: Mapping[str, int] = {}
    branch_id: str | None = None
    territory: Widening | None = None
    granted_to: str | None = None
    """Whom it is for, where that is not who serves the job or leads its crew."""
    tied_to: tuple[str, ...] = ()
    """Jobs to which a tie is loosened."""
    compiled: Compiled | None = None
    """The question compiled anew, where it has other shifts or tools; none: as it was, but for `problem`."""


def nothing(subject: Subject) -> Change:
    """Return the question as it is."""
    return Change(subject.compiled.scenario, subject.compiled.problem)


def more_overtime(subject: Subject, shift: int) -> Change:
    """Return the question with an hour of overtime more in one shift."""
    scenario, one = subject.compiled.scenario, subject.compiled.shifts[shift]
    before = overtime_limit_min(one.shift, scenario)

    def granted(technician: Technician) -> Technician:
        days = tuple(
            with_more_overtime(day, scenario) if day.day == one.shift.day else day
            for day in rostered(technician, scenario)
        )
        return technician.model_copy(update={"shifts": days})

    changed = with_technician(scenario, one.key.technician_id, granted)
    problem = with_shift_of(subject.compiled, subject.longer, shift, changed)
    return Change(changed, problem, minutes=before + MORE_OVERTIME_MIN)


def another_window(subject: Subject, job: int, shift: int, routes: Routes) -> Change | None:
    """Return the question with another window for a job, around the time at which these routes serve it."""
    stops = routes.stops[shift]
    anytime = subject.anytime(job)
    timed = Trial(anytime, subject.routes).change({shift: stops})
    times = None if timed is None else Timekeeper(anytime, timed.agreed).time(shift, stops)
    if times is None:
        return None
    return window_at(subject, job, int(times.start[stops.index(job)]))


def window_at(subject: Subject, job: int, start: int) -> Change:
    """Return the question with another window for a job, around a moment."""
    scenario, moment = subject.compiled.scenario, subject.compiled.timeline.moment
    opens = start - start % QUARTER_S
    agreed = scenario.jobs[job].windows[0]
    agreed_s = seconds_between(agreed.start, agreed.end)
    width = min(max(agreed_s, SHORTEST_S), WIDEST_S)
    window = Window(start=moment(opens), end=moment(max(opens + width, start)))
    changed = scenario.jobs[job].model_copy(update={"windows": (window,)})
    jobs = (*scenario.jobs[:job], changed, *scenario.jobs[job + 1 :])
    return Change(scenario.model_copy(update={"jobs": jobs}), subject.anytime(job), window=window)


def tools_lent(subject: Subject, job: int, shift: int) -> Change:
    """Return the question with the tools lent that a technician lacks for a job."""
    scenario = subject.compiled.scenario
    asked = scenario.jobs[job]
    technician = first_shift(subject.compiled, shift).technician
    installers = own_installers(scenario, params_of(SKILL, scenario.policy))
    needed = needed_tools(
        asked,
        scenario,
        params_of(TOOL, scenario.policy),
        own_work=installers.get(asked.job_id) == technician.technician_id,
    )
    carried = carried_tools(technician, scenario.policy)
    lent = tuple(tool for tool in needed if tool not in carried)

    def with_tools(one: Technician) -> Technician:
        missing = tuple(tool for tool in one.missing_tools if tool not in lent)
        return one.model_copy(update={"tools": (*one.tools, *lent), "missing_tools": missing})

    changed = with_technician(scenario, technician.technician_id, with_tools)
    return Change(changed, subject.compiled.problem, names=lent)


def certificates(subject: Subject, job: int, shift: int) -> Change:
    """Return the question with the certificates that a technician lacks for a job."""
    scenario, one = subject.compiled.scenario, first_shift(subject.compiled, shift)
    held = {held.name for held in one.technician.certificates if held.valid_on(one.key.day)}
    needed = required_certificates(scenario.jobs[job], scenario.policy)
    given = tuple(name for name in needed if name not in held)

    def with_certificates(technician: Technician) -> Technician:
        all_held = (*technician.certificates, *(Certificate(name=name) for name in given))
        return technician.model_copy(update={"certificates": all_held})

    changed = with_technician(scenario, one.key.technician_id, with_certificates)
    return Change(changed, subject.compiled.problem, names=given)


def wider_territory(subject: Subject, job: int, shift: int) -> Change | None:
    """Return the question with a technician's territory widened just so that it takes a job in."""
    scenario, technician = subject.compiled.scenario, first_shift(subject.compiled, shift).technician
    asked, territory = scenario.jobs[job], technician.territory
    update: dict[str, object] = {}
    widened: dict[str, object] = {}
    if territory.areas and asked.area not in territory.areas:
        update["areas"] = () if asked.area is None else (*territory.areas, asked.area)
        widened |= {"any_area": True} if asked.area is None else {"area": asked.area}
    if territory.branches:
        branch_id = branch_in_charge(asked, scenario).branch_id
        if branch_id not in territory.branches:
            update["branches"] = (*territory.branches, branch_id)
            widened["branch_id"] = branch_id
    if territory.radius_km is not None:
        km = _round_up(great_circle_m(_usual_start(technician, scenario), asked.place))
        if km > WIDEST_KM:
            return None
        if km > territory.radius_km:
            update["radius_km"] = widened["radius_km"] = km
    said = Widening.model_validate(widened)
    wider = territory.model_copy(update=update)
    changed = with_technician(
        scenario, technician.technician_id, lambda one: one.model_copy(update={"territory": wider})
    )
    return Change(changed, subject.compiled.problem, names=wider_words(said), territory=said)


def _round_up(metres: float) -> float:
    """Return kilometres with one decimal, rounded up."""
    return -(-int(metres + 1) // 100) / 10


def _usual_start(technician: Technician, scenario: Scenario) -> Place:
    if technician.starts_from == "home" and technician.home is not None:
        return technician.home
    return next(one.place for one in scenario.branches if one.branch_id == technician.branch_id)


def with_technician(
    scenario: Scenario, technician_id: str, edit: Callable[[Technician], Technician]
) -> Scenario:
    """Return the scenario with one technician edited."""
    technicians = tuple(
        edit(one) if one.technician_id == technician_id else one for one in scenario.technicians
    )
    return scenario.model_copy(update={"technicians": technicians})
