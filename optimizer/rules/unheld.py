"""What jobs ask for and nobody brings: skills, certificates, tools and parts, often the same thing under two names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from optimizer.domain.parts import required_parts
from optimizer.domain.requirements import carried_tools, required_certificates, seats
from optimizer.domain.scenario import Scenario
from optimizer.rules.certificate import RULE as CERTIFICATE
from optimizer.rules.part import RULE as PART
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import asked_of, own_installers
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools
from optimizer.words.numbers import count, listed

NAMED: Final = 3
"""Jobs and names that a note lists at most, and notes on each kind of thing."""
COMPARED: Final = 2000
"""Names that somebody brings and no job asks for, so many of which are compared at most."""
ALIKE: Final = 0.7
"""Share of equal characters from which two names are taken for one misspelt."""


class _Kind(NamedTuple):
    """A kind of thing that jobs ask for."""

    noun: str
    nobody: str
    """That nobody brings it."""
    remedy: str
    others: bool
    """Whether any few names that no job asks for are worth naming, not only names that are alike."""


_SKILL: Final = _Kind(
    "skill",
    "held by nobody",
    "add to the skills of those who are trained, or correct the job or its type",
    True,
)
_CERTIFICATE: Final = _Kind(
    "certificate",
    "held by nobody on the planned days",
    "add to the certificates of those who hold one, or correct the job or its type",
    True,
)
_TOOL: Final = _Kind(
    "tool",
    "carried by nobody",
    "add to a kit or to a technician's tools, or correct the job or its type",
    False,
)
_PART: Final = _Kind(
    "part",
    "on no van and at no branch",
    "enter the pieces where they lie, or correct the job or its type",
    False,
)


def unheld(scenario: Scenario) -> Iterator[str]:
    """Yield a note for each thing that jobs ask for and nobody brings, the most asked for of each kind first.

    Parameters
    ----------
    scenario : the question, valid
    """
    if scenario.technicians:
        yield from _skills(scenario)
        yield from _certificates(scenario)
        yield from _tools(scenario)
        yield from _parts(scenario)


def some_of(names: Iterable[str]) -> str:
    """Return the first few names and how many there are more, e.g. ``J1, J2, J3 and 9 more``."""
    every = tuple(names)
    if len(every) <= NAMED:
        return listed(every)
    return f"{', '.join(every[:NAMED])} and {len(every) - NAMED:,} more"


def _skills(scenario: Scenario) -> Iterator[str]:
    params = params_of(SKILL, scenario.policy)
    if not params.active:
        return
    mended = _mended_by_own_installer(scenario)
    asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for job in scenario.jobs:
        for seat in range(seats(job, scenario.policy)):
            for skill, level in asked_of(job, scenario.policy, seat).items():
                asked[skill][job.job_id] = max(level, asked[skill].get(job.job_id, 0))
    held: Counter[str] = Counter()
    best: dict[str, int] = {}
    for technician in scenario.technicians:
        held.update(technician.skills.keys())
        for skill, level in technician.skills.items():
            best[skill] = max(level, best.get(skill, 0))
    lacking = {
        skill: [job for job, level in jobs.items() if level > best.get(skill, 0) and job not in mended]
        for skill, jobs in asked.items()
    }
    unknown = {skill: jobs for skill, jobs in lacking.items() if skill not in best}
    yield from _notes(_SKILL, unknown, _idle(held, asked))
    too_low = sorted(
        (one for one, jobs in lacking.items() if jobs and one in best), key=lambda one: -len(lacking[one])
    )
    for skill in too_low[:NAMED]:
        least = min(asked[skill][job] for job in lacking[skill])
        yield (
            f"the skill {skill} is asked for at level {least} or higher by {_jobs(lacking[skill])} and held at level "
            f"{best[skill]} at most; correct the levels of technicians, jobs or job types"
        )


def _certificates(scenario: Scenario) -> Iterator[str]:
    if not params_of(CERTIFICATE, scenario.policy).active:
        return
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for job in scenario.jobs:
        for name in required_certificates(job, scenario.policy):
            asked[name].append(job.job_id)
    days = scenario.horizon.dates()
    held: Counter[str] = Counter()
    out_of_date: Counter[str] = Counter()
    for technician in scenario.technicians:
        valid = {one.name for one in technician.certificates if any(one.valid_on(day) for day in days)}
        held.update(valid)
        out_of_date.update({one.name for one in technician.certificates} - valid)
    yield from _notes(_CERTIFICATE, _without(asked, held), _idle(held, asked), out_of_date)


def _tools(scenario: Scenario) -> Iterator[str]:
    params = params_of(TOOL, scenario.policy)
    if not params.active:
        return
    mended = _mended_by_own_installer(scenario)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for job in scenario.jobs:
        if job.job_id not in mended:
            for tool in needed_tools(job, scenario, params):
                asked[tool].append(job.job_id)
    held: Counter[str] = Counter()
    for technician in scenario.technicians:
        held.update(carried_tools(technician, scenario.policy))
    yield from _notes(_TOOL, _without(asked, held), _idle(held, asked))


def _parts(scenario: Scenario) -> Iterator[str]:
    if not params_of(PART, scenario.policy).active:
        return
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for job in scenario.jobs:
        for part in required_parts(job, scenario.policy):
            asked[part].append(job.job_id)
    stocks = [one.parts for one in scenario.technicians] + [one.stock for one in scenario.branches]
    held = Counter(part for stock in stocks for part, pieces in stock.items() if pieces)
    yield from _notes(_PART, _without(asked, held), _idle(held, asked))


def _mended_by_own_installer(scenario: Scenario) -> frozenset[str]:
    """Return the jobs that somebody may do without the type's skills and tools, see `SKILL`."""
    known = {technician.technician_id for technician in scenario.technicians}
    own = own_installers(scenario, params_of(SKILL, scenario.policy))
    return frozenset(job for job, installer in own.items() if installer in known)


def _without(asked: Mapping[str, list[str]], held: Mapping[str, int]) -> dict[str, list[str]]:
    return {name: jobs for name, jobs in asked.items() if name not in held}


def _idle(held: Mapping[str, int], asked: Mapping[str, object]) -> dict[str, int]:
    """Return what somebody brings and no job asks for, with the number of those who do."""
    return {name: number for name, number in held.items() if name not in asked}


def _notes(
    kind: _Kind,
    lacking: Mapping[str, list[str]],
    idle: Mapping[str, int],
    out_of_date: Mapping[str, int] | None = None,
) -> Iterator[str]:
    """Yield a note for each name that jobs ask for and nobody brings; names that the same jobs ask for share one."""
    by_jobs: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, jobs in lacking.items():
        if jobs:
            by_jobs[tuple(jobs)].append(name)
    most_asked = sorted(by_jobs.items(), key=lambda one: -len(one[0]))
    for askers, names in most_asked[:NAMED]:
        what = f"the {kind.noun}{'s' if len(names) > 1 else ''} {some_of(names)}"
        asked = f"{'are' if len(names) > 1 else 'is'} asked for by {_jobs(askers)}"
        advice = []
        for name in names[:NAMED]:
            expired = (out_of_date or {}).get(name, 0)
            if expired:
                advice.append(f"{count(expired, 'technician')} had {name} before or after: enter the renewal")
            elif other := _other_name(kind, name, idle):
                advice.append(other)
        yield f"{what} {asked} and {kind.nobody}; {'; '.join(dict.fromkeys(advice)) or kind.remedy}"
    others = sum(len(names) for _, names in most_asked[NAMED:])
    if others:
        yield f"{count(others, f'further {kind.noun}')} that jobs ask for {'are' if others > 1 else 'is'} {kind.nobody}"


def _other_name(kind: _Kind, name: str, idle: Mapping[str, int]) -> str:
    """Return the name that may stand for the same thing, as a sentence with a remedy; empty: none does."""
    scores = {one: _likeness(name, one) for one in sorted(idle)[:COMPARED]}
    near = max(scores, key=lambda one: (scores[one], idle[one]), default="")
    if near and scores[near] >= ALIKE:
        held = f"lies at {count(idle[near], 'place')}"
        if kind is not _PART:
            held = f"is held by {count(idle[near], 'technician')}"
        return f"{near} {held} and asked for by no job: if the two are one, write them alike"
    if kind.others and 0 < len(idle) <= NAMED:
        others = listed(sorted(idle))
        return f"held and asked for by no job: {others}; if that is what is meant, write them alike"
    return ""


def _likeness(asked: str, held: str) -> float:
    """Return how likely two names mean one thing, 0 to 1."""
    a, b = asked.casefold().split(), held.casefold().split()
    if a == b:
        return 1.0
    product, other = "".join(a).partition("/")[2], "".join(b).partition("/")[2]
    if product and product == other:
        return 0.9  # the kind of work is written differently, as in repair/空调 and 维修/空调
    if "".join(a).partition("/")[0] == "".join(b):
        return 0.8  # repair does not stand for repair/aircon
    # Names of 200 characters are compared by their beginnings: this is for words, and must stay quick.
    return SequenceMatcher(None, " ".join(a)[:60], " ".join(b)[:60]).ratio()


def _jobs(jobs: Sequence[str]) -> str:
    return f"{count(len(jobs), 'job')} ({some_of(jobs)})"
