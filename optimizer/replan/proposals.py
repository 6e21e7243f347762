"""From what happened to a short list of plans: the first at once, better ones while the clock runs."""

from collections.abc import Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cached_property
from typing import Final

from optimizer.control import Cancel, Iterations, Seconds, Stop
from optimizer.diff import diff_plans
from optimizer.diff.jobs import job_changes
from optimizer.domain.document import PlanDocument
from optimizer.domain.keep import Keep
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposal, ProposalName, Proposals
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan
from optimizer.replan.candidates import Candidate, Searcher
from optimizer.replan.following import asking, carried_on, orders_left, with_expected
from optimizer.replan.keeping import broken_pins, with_kept
from optimizer.replan.late import late_visits
from optimizer.replan.revision import Revision
from optimizer.replan.shares import SEARCHES, SIDE_BY_SIDE, Shares
from optimizer.replan.urgent import (
    jobs_to_turn_from,
    not_in_time,
    still_approached,
    turned_from,
    urgent_jobs,
)
from optimizer.travel import Roads

_NAMES: Final[tuple[ProposalName, ...]] = ("repair", *(name for name, _ in SEARCHES))


class Replanner:
    """Looks for ways to go on from a plan after what happened.

    Parameters
    ----------
    revision : what is left to be planned, see `next_revision`
    plan : the plan that is followed
    keep : what is to be kept of it, beside what the question pins
    seed : any whole number from 0; the same seed and iterations give the same proposals
    roads : the operator's road data; none: straight lines
    cancel : flag that ends the search early, for instance when something newer has happened
    reasons : plans say why jobs are left out; false where nobody reads it

    Raises
    ------
    InvalidInput
        What is to be kept is not known or not there; lists all.
    """

    def __init__(
        self,
        revision: Revision,
        plan: Plan,
        *,
        keep: Sequence[Keep] = (),
        seed: int = 0,
        roads: Roads | None = None,
        cancel: Cancel | None = None,
        reasons: bool = True,
    ) -> None:
        self._revision = revision
        self._followed = plan
        expected = late_visits(with_expected(revision.scenario, plan), plan, roads)
        self._scenario = with_kept(expected, plan, keep)
        self._orders = orders_left(plan, self._scenario)
        self._seed, self._roads, self._cancel = seed, roads, cancel or Cancel()
        self._reasons = reasons
        self._searcher = self._searcher_of(self._scenario)
        self._found: dict[ProposalName, Candidate] = {}
        self._made: dict[ProposalName, Proposal] = {}

    def repaired(self) -> Candidate:
        """Return a first plan at once: what has nobody now goes in where it fits."""
        if "repair" not in self._found:
            self._take(self._searcher.repaired())
        return self._found["repair"]

    def searched(self, stop: Seconds | Iterations) -> Iterator[Candidate]:
        """Yield one plan after the other as they are found; first the repaired one, in which customers are asked.

        Parameters
        ----------
        stop : seconds from now until the list is there, or iterations of each search
        """
        shares = Shares(stop)
        first = self._searcher.asked(self.repaired())
        self._take(first)
        yield first
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            running = [pool.submit(self._search, name, shares, first) for name, _ in SEARCHES]
            self._proposal(first)  # while the searches run: it takes as long as a plan
            for one in as_completed(running):
                if (found := one.result()) is not None:
                    self._take(found)
                    yield found

    def fewest_changes(self, stop: Stop) -> Candidate:
        """Return one plan alone, for whoever wants no list: as few customers as possible are told anything.

        Parameters
        ----------
        stop : when the search ends; where customers are asked for another time, a second one takes as long
        """
        return self._searcher.fewest_changes(stop)

    def proposals(self) -> Proposals:
        """Return the short list of what was found so far."""
        # in the order in which they are looked for, not in which they are found: of two alike the first one stays
        found = [self._found[name] for name in _NAMES if name in self._found]
        return Proposals(
            scenario=self._scenario,
            doing_nothing=self._doing_nothing,
            proposals=tuple(map(self._proposal, sorted(undominated(found), key=_rank))),
            assumed=self._revision.assumed,
            later=tuple(job.job_id for job in self._revision.later),
        )

    @cached_property
    def _doing_nothing(self) -> PlanDocument:
        """Return the followed plan carried on, with what it breaks."""
        return carried_on(self._scenario, self._orders, self._roads)

    def _take(self, found: Candidate) -> None:
        self._found[found.name] = found
        self._made.pop(found.name, None)

    def _search(self, name: ProposalName, shares: Shares, before: Candidate) -> Candidate | None:
        stop = shares.of(name)
        if stop is None:
            return None
        if name == "nobody else":
            return self._searcher.beside_the_others(stop)
        if name == "most served":
            return self._searcher.most_served(stop, before) if before.document.plan.unserved else None
        if name == "turn round":
            late = not_in_time(before.document, urgent_jobs(self._scenario))
            return self._turned_round(stop, before) if late else None
        return self._searcher.searched(name, stop, before)

    def _turned_round(self, stop: Stop, before: Candidate) -> Candidate | None:
        """Return a plan in which who is on the way to what can wait may be sent elsewhere; none: nobody is."""
        free = jobs_to_turn_from(self._scenario)
        if not free:
            return None
        searcher = self._searcher_of(turned_from(self._scenario, free))
        found = searcher.searched("turn round", stop, before)
        left = free - still_approached(self._scenario, found.document.plan)
        if left == free:
            return found
        with suppress(BrokenPlan):  # who is still sent there may be tied to somebody who is not
            return self._searcher_of(turned_from(self._scenario, left)).again(found)
        return found

    def _searcher_of(self, scenario: Scenario) -> Searcher:
        orders = orders_left(self._followed, scenario)
        return Searcher(scenario, orders, self._seed, self._roads, self._cancel, reasons=self._reasons)

    def _proposal(self, found: Candidate) -> Proposal:
        if found.name not in self._made:
            self._made[found.name] = self._compared(found)
        return self._made[found.name]

    def _compared(self, found: Candidate) -> Proposal:
        """Return a plan with what it changes, compared with the plan that is followed and with doing nothing."""
        scenario, plan = found.scenario, found.document.plan
        jobs = {job.job_id for job in scenario.jobs}
        customers = {job.job_id: job.customer for job in scenario.jobs if job.customer is not None}
        changes = job_changes(_left_of(self._followed, jobs), plan, customers)
        return Proposal(
            name=found.name,
            document=found.document,
            ask=tuple(job.job_id for job in scenario.jobs if job.job_id in found.ask),
            turned=tuple(
                old.job_id
                for old, new in zip(self._scenario.jobs, scenario.jobs, strict=True)
                if old.under_way != new.under_way
            ),
            to_tell=found.to_tell,
            unserved_weight=found.document.assessment.kpis.unserved_weight,
            changes=tuple(one for one in changes if one.job_id in jobs),
            broken_pins=broken_pins(scenario, found.document),
            difference=diff_plans(self._doing_nothing, found.document, scenario),
        )


def replan(
    revision: Revision,
    plan: Plan,
    *,
    stop: Seconds | Iterations,
    keep: Sequence[Keep] = (),
    seed: int = 0,
    roads: Roads | None = None,
    cancel: Cancel | None = None,
) -> Proposals:
    """Return a short list of plans after what happened, see `Replanner`.

    Parameters
    ----------
    revision : what is left to be planned
    plan : the plan that is followed
    stop : seconds until the list is there, or iterations of each search: then the same list each time
    keep : what is to be kept of it, beside what the question pins
    seed : any whole number from 0
    roads : the operator's road data; none: straight lines
    cancel : flag that ends the search early

    Raises
    ------
    InvalidInput
        What is to be kept is not known or not there; lists all.
    BrokenPlan
        A plan did not pass the independent checker; nothing is handed out.
    """
    replanner = Replanner(revision, plan, keep=keep, seed=seed, roads=roads, cancel=cancel)
    for _ in replanner.searched(stop):
        pass
    return replanner.proposals()


def answered(found: Proposals, proposal: Proposal) -> Scenario:
    """Return the question that a proposal answers: its customers are asked for another time, its people turned round.

    Parameters
    ----------
    found : the short list
    proposal : one of it
    """
    return asking(turned_from(found.scenario, frozenset(proposal.turned)), frozenset(proposal.ask))


def undominated(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the plans than which no other is better or as good in everything: priority, customers, bill.

    Parameters
    ----------
    candidates : the plans; of two alike the first stays
    """
    found: list[Candidate] = []
    for one in sorted(candidates, key=lambda candidate: candidate.figures):
        if not any(all(a <= b for a, b in zip(kept.figures, one.figures, strict=True)) for kept in found):
            found.append(one)
    return found


def _left_of(plan: Plan, jobs: Container[str]) -> Plan:
    """Return a plan with the stops of these jobs only: who has done two of three is not said to change their order."""
    shifts = (
        shift.model_copy(update={"stops": tuple(stop for stop in shift.stops if stop.job_id in jobs)})
        for shift in plan.shifts
    )
    return plan.model_copy(update={"shifts": tuple(shifts)})


def _rank(found: Candidate) -> tuple[int, int, int]:
    """Return the place of a plan: from the fewest customers to be told to the smallest bill."""
    weight, customers, cents = found.figures
    return customers, weight, cents
