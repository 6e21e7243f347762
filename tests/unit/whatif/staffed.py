"""A simulation whose truth is known: so many clocks are kept with so many people, and a day costs so much."""

import random
from collections.abc import Callable

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_sample import Sample
from optimizer.domain.technician import Certificate, Technician
from optimizer.whatif.executor import Assignment
from optimizer.whatif.runner import Sampling
from tests.unit.rules.build import north, scenario
from tests.unit.whatif.in_process import InMemory, InProcess
from tests.unit.whatif.stand_in import Model, day, sample

Share = Callable[[int], float]
"""The true share on time with so many people."""
Cost = Callable[[Scenario], int]
"""The true mean cost of a day in cents."""


def team(people: int = 6) -> Scenario:
    """Return a branch whose people all repair, and one of whom installs too; another branch has one repairer.

    Two of the four jobs at the first branch are installations that ask for a certificate, which its installer lacks
    and one repairer has, and a shared hoist; all but one repair takes a pump, of which there is one.
    """
    both = ("repair", "installation")
    staff = [
        _person("T1", *both),
        *(_person(f"T{number}", "repair") for number in range(2, people)),
        _person(f"T{people}", "repair", held=("height",)),
        _person("U1", "repair", branch_id="B2"),
    ]
    jobs = [
        *(
            _job(f"I{one}", "installation", certificates=("height",), shared_tools=("hoist",))
            for one in (1, 2)
        ),
        _job("R1", "repair", parts={"pump": 2}),
        _job("R2", "repair"),
        _job("R3", "repair", branch="B2"),
    ]
    branches = (
        Branch(branch_id="B1", place=north(0), stock={"pump": 1}, shared_tools={"hoist": 1}),
        Branch(branch_id="B2", place=north(40)),
    )
    return scenario(staff, jobs, branches=branches)


def _person(technician_id: str, *kinds: str, branch_id: str = "B1", held: tuple[str, ...] = ()) -> Technician:
    """Return somebody who holds what installations ask for by their type, and more."""
    kits = {"repair": "repairer", "installation": "installer"}
    usual = Policy().job_types["installation"].certificates
    return Technician(
        technician_id=technician_id,
        branch_id=branch_id,
        skills=dict.fromkeys(kinds, 3),
        kits=tuple(kits[kind] for kind in kinds),
        certificates=tuple(Certificate(name=name) for name in (*usual, *held)),
    )


def _job(job_id: str, kind: str, branch: str = "B1", **more: object) -> Job:
    facts = {"job_id": job_id, "type": kind, "place": north(3), "branch_id": branch, "duration_min": 60}
    return Job.model_validate({**facts, **more})


class Truth:
    """Makes samples of which the truth is known; the draws are the same for all variants of a chain.

    Parameters
    ----------
    share : true share on time by people
    cost : true cost of a day in cents; every chain has a spread of a tenth of it, and each variant one of a hundredth
    """

    def __init__(self, share: Share = lambda people: 0.9, cost: Cost = lambda one: 0) -> None:
        self._share, self._cost = share, cost

    def __call__(
        self, base: Scenario, scenario: Scenario, model: Model, study: Study, variant: str, number: int
    ) -> Sample:
        draws = random.Random(f"{study.seed} {number}")
        people = len(scenario.technicians)
        kept = sum(draws.random() < self._share(people) for _ in range(40))
        own = random.Random(f"{study.seed} {number} {variant}")
        cents = round(self._cost(scenario) + draws.gauss(0, 10_000) + own.gauss(0, 1_000))
        days = [
            day(row, kept=kept, missed=40 - kept, reported=40, done=40, wage_cents=max(cents, 0))
            for row in range(study.days)
        ]
        made = sample(variant, number, days)
        return made.model_copy(update={"people": tuple(one.technician_id for one in scenario.technicians)})


def asked(least: int = 8, most: int = 64, **questions: object) -> Study:
    """Return a study without variants that asks these questions; its target is 90 % on time."""
    return Study.model_validate(
        {
            "name": "how many",
            "base": "team.yaml",
            "days": 1,
            "chains": {"least": least, "most": most},
            "stop": {"half_width": 1},
            "questions": questions,
        }
    )


def sampling(study: Study, base: Scenario, truth: Truth) -> tuple[Sampling, InMemory, InProcess]:
    """Return who has samples made, where they are kept, and who makes them."""
    kept, executor = InMemory(), InProcess(Assignment(study, base, Model(), truth))
    return Sampling(executor, kept, at_most=0), kept, executor
