"""What there could be one more of at each branch, the most promising first.

How promising something is is guessed from the base's jobs alone, to choose what is simulated; nothing of it is told.

- technician: one like the most common kind of person of the branch (same skills, level, certificates, kits and
  means); where nobody works, of all branches.
- skill, certificate: one person of the branch gets it: of those without it who could do the most of the jobs that ask
  for it if they had it, the first. With a skill come the tool kits that all who have it carry. The more jobs ask for
  it and the fewer people have it, the better.
- shared tool: one piece more; the more jobs ask for it and the fewer pieces there are, the better.
- part: one piece more, if the jobs of the simulated days ask for more than is there; the shorter it is, the better.

A branch's jobs are those it is in charge of. Who is lent by another branch neither comes nor learns.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Final, NamedTuple

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.parts import required_parts
from optimizer.domain.requirements import (
    branches_in_charge,
    required_certificates,
    required_shared_tools,
    required_skills,
)
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import OneMoreKind, Study
from optimizer.domain.study_patches import AddStaff, Certify, PartStock, Patch, ToolStock, Train, Who
from optimizer.domain.technician import Certificate, Technician
from optimizer.errors import InvalidInput
from optimizer.whatif.variants.apply import variant_scenario

MOST_CANDIDATES: Final = 20
"""So many are ranked at most: kinds in turn, in the order they are asked for; of each kind first the most promising of
each branch, the branch with the most jobs before the others, then each branch's second, and so on."""


class Candidate(NamedTuple):
    """One more of something."""

    kind: OneMoreKind
    """Of what."""
    what: str
    """Which one: the skill, certificate, tool or part, or whom the technician is like."""
    branch_id: str
    """At which branch."""
    change: Patch
    """The change of the base."""


class Candidates(NamedTuple):
    """What there could be one more of."""

    ranked: tuple[Candidate, ...] = ()
    """What is to be ranked, the most promising first."""
    left_out: int = 0
    """How many more there would be."""


class _Branch(NamedTuple):
    """A branch of the base with what belongs to it."""

    branch: Branch
    people: Sequence[Technician]
    jobs: Sequence[Job]


class _Ask(NamedTuple):
    """What some jobs of a branch ask of who leads them."""

    skills: Mapping[str, int]
    certificates: frozenset[str]
    jobs: int


def candidates(study: Study, base: Scenario) -> Candidates:
    """Return what there could be one more of; nothing where that is not asked.

    Parameters
    ----------
    study : asks for the value of one more of something
    base : its base, which has the branches that are named
    """
    asked = study.questions.value_of_one_more
    if asked is None:
        return Candidates()
    days = (study.warm_up_days + study.days) / base.horizon.days
    places = _branches(base, frozenset(asked.branch_ids))
    makers: Mapping[OneMoreKind, Callable[[_Branch], Iterable[Candidate]]] = {
        "technician": lambda one: _technicians(one, base),
        "skill": lambda one: _skills(one, base),
        "certificate": lambda one: _certificates(one, base),
        "shared_tool": lambda one: _shared_tools(one, base),
        "part": lambda one: _parts(one, base, days),
    }
    kinds = dict.fromkeys(asked.kinds)
    by_kind = [_in_turn([tuple(makers[kind](one)) for one in places]) for kind in kinds]
    rest = iter(_in_turn(by_kind))
    ranked = tuple(islice((one for one in rest if _possible(base, one)), MOST_CANDIDATES))
    return Candidates(ranked, left_out=sum(1 for _ in rest))


def _branches(base: Scenario, wanted: frozenset[str]) -> list[_Branch]:
    """Return the branches that are meant, those with the most jobs first."""
    jobs = defaultdict[str, list[Job]](list)
    in_charge = branches_in_charge(base.jobs, base)
    for job in base.jobs:
        jobs[in_charge[job.job_id].branch_id].append(job)
    people = defaultdict[str, list[Technician]](list)
    for one in base.technicians:
        if one.lent_for is None:
            people[one.branch_id].append(one)
    found = [
        _Branch(branch, people[branch.branch_id], jobs[branch.branch_id])
        for branch in base.branches
        if not wanted or branch.branch_id in wanted
    ]
    return sorted(found, key=lambda one: -len(one.jobs))


def _in_turn(lists: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """Return the first of each list, then the second of each, and so on."""
    return [one for row in zip_longest(*lists) for one in row if one is not None]


def _possible(base: Scenario, one: Candidate) -> bool:
    try:
        variant_scenario(base, (one.change,))
    except InvalidInput:  # no room for one more
        return False
    return True


def _technicians(at: _Branch, base: Scenario) -> Iterator[Candidate]:
    own = at.people or [one for one in base.technicians if one.lent_for is None]
    if not own:
        return
    kinds = Counter(map(_kind, own))
    like = max(own, key=lambda one: kinds[_kind(one)])
    where = at.branch.branch_id
    change = AddStaff(
        kind="add_staff",
        like=like.technician_id,
        branch_id=None if like.branch_id == where else where,
    )
    yield Candidate("technician", like.technician_id, where, change)


def _kind(one: Technician) -> tuple[object, ...]:
    """Return what makes two people of one kind."""
    skills = tuple(sorted(one.skills.items()))
    held = tuple(sorted(certificate.name for certificate in one.certificates))
    return skills, one.level, held, tuple(sorted(one.kits)), one.means


def _skills(at: _Branch, base: Scenario) -> Iterator[Candidate]:
    asks = _asks(at, base)
    wanted, level = Counter[str](), dict[str, int]()
    for ask in asks:
        for skill, least in ask.skills.items():
            wanted[skill] += ask.jobs
            level[skill] = max(level.get(skill, 1), least)

    def able(one: Technician, skill: str) -> bool:
        return one.skills.get(skill, 0) >= level[skill]

    for skill in _scarcest(wanted, {name: sum(able(one, name) for one in at.people) for name in wanted}):
        new = {skill: level[skill]}
        trained = [
            one.model_copy(update={"skills": one.skills | new}) for one in at.people if not able(one, skill)
        ]
        learner = _most_useful(trained, [ask for ask in asks if skill in ask.skills], base)
        if learner is not None:
            carried = [set(one.kits) for one in base.technicians if able(one, skill)]
            kits = sorted(set.intersection(*carried) - set(learner.kits)) if carried else []
            who = Who(technician_ids=(learner.technician_id,))
            change = Train(kind="train", who=who, skills=new, kits=tuple(kits))
            yield Candidate("skill", skill, at.branch.branch_id, change)


def _certificates(at: _Branch, base: Scenario) -> Iterator[Candidate]:
    asks = _asks(at, base)
    wanted = Counter[str]()
    for ask in asks:
        for name in ask.certificates:
            wanted[name] += ask.jobs

    def holds(one: Technician, name: str) -> bool:
        return name in _held(one, base)

    for name in _scarcest(wanted, {name: sum(holds(one, name) for one in at.people) for name in wanted}):
        new = Certificate(name=name)
        certified = [
            one.model_copy(update={"certificates": (*one.certificates, new)})
            for one in at.people
            if not holds(one, name)
        ]
        learner = _most_useful(certified, [ask for ask in asks if name in ask.certificates], base)
        if learner is not None:
            who = Who(technician_ids=(learner.technician_id,))
            change = Certify(kind="certify", who=who, certificates=(name,))
            yield Candidate("certificate", name, at.branch.branch_id, change)


def _shared_tools(at: _Branch, base: Scenario) -> Iterator[Candidate]:
    wanted = Counter(tool for job in at.jobs for tool in required_shared_tools(job, base.policy))
    where = at.branch.branch_id
    for tool in _scarcest(wanted, at.branch.shared_tools):
        change = ToolStock(kind="tool_stock", tool=tool, branch_ids=(where,), more=1)
        yield Candidate("shared_tool", tool, where, change)


def _parts(at: _Branch, base: Scenario, days: float) -> Iterator[Candidate]:
    wanted, there = Counter[str](), Counter(at.branch.stock)
    for job in at.jobs:
        wanted.update(required_parts(job, base.policy))
    for one in at.people:
        there.update(one.parts)
    where = at.branch.branch_id
    for part in _scarcest(wanted, there):
        if wanted[part] * days > there[part]:
            change = PartStock(kind="part_stock", part=part, branch_ids=(where,), more=1)
            yield Candidate("part", part, where, change)


def _asks(at: _Branch, base: Scenario) -> list[_Ask]:
    """Return what the branch's jobs ask of who leads them, jobs that ask for the same together."""
    found = dict[str, _Ask]()
    for job in at.jobs:
        skills, names = required_skills(job, base.policy), required_certificates(job, base.policy)
        key = repr((sorted(skills.items()), sorted(names)))
        before = found[key].jobs if key in found else 0
        found[key] = _Ask(skills, frozenset(names), before + 1)
    return list(found.values())


def _most_useful(people: Sequence[Technician], asks: Sequence[_Ask], base: Scenario) -> Technician | None:
    """Return who can lead the most of these jobs, the first of equals; none: nobody is there."""

    def jobs(one: Technician) -> int:
        held = _held(one, base)
        return sum(
            ask.jobs
            for ask in asks
            if held.issuperset(ask.certificates)
            and all(one.skills.get(skill, 0) >= level for skill, level in ask.skills.items())
        )

    return max(people, key=jobs, default=None)


def _held(one: Technician, base: Scenario) -> frozenset[str]:
    """Return the certificates that somebody holds on the first planned day."""
    return frozenset(found.name for found in one.certificates if found.valid_on(base.horizon.first_day))


def _scarcest(wanted: Mapping[str, int], there: Mapping[str, int]) -> list[str]:
    """Return what is asked for, by how often for each that would be there with one more; of equals by name."""
    return sorted(wanted, key=lambda name: (-wanted[name] / (there.get(name, 0) + 1), name))
