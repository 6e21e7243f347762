"""Which way to go on a dispatcher takes, by a rule that can be said in a sentence."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from optimizer.domain.keep import Keep
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposal, Proposals
from optimizer.domain.scenario import Scenario
from optimizer.replan.urgent import not_in_time, urgent_jobs

Ground = Literal["only one", "urgent", "lost", "told", "cheaper"]
"""What decided: there was one way only, something urgent, promised visits lost, customers told, or the bill."""


class Choice(NamedTuple):
    """The way that is taken, and why."""

    proposal: Proposal
    ground: Ground
    """What decided between the ways."""
    jobs: tuple[str, ...] = ()
    """Jobs that are better off by it than by a way that tells fewer customers."""


Chooser = Callable[[Proposals], Choice]
"""Takes one of the ways to go on."""


def as_a_dispatcher(found: Proposals) -> Choice:
    """Take the way that bothers the fewest customers, unless somebody urgent would be left out or late by it.

    Of the ways that serve as many emergencies and strong complaints in time as can be, the one is taken that bothers
    the fewest customers: who is told another time or person counts once, who loses the visit altogether counts twice.
    Of two that bother as many the cheaper one is taken.

    Parameters
    ----------
    found : the short list
    """
    urgent = urgent_jobs(found.scenario)
    late = {one.name: put_off(one, urgent) for one in found.proposals}

    def worth(one: Proposal) -> tuple[int, int, int]:
        bothered = len(one.to_tell) + len(visits_lost(one))
        return len(late[one.name]), bothered, one.document.assessment.bill.total_cents

    taken = min(found.proposals, key=worth)
    others = [one for one in found.proposals if one is not taken]
    quieter = [one for one in others if len(one.to_tell) < len(taken.to_tell)]
    hasty = [one for one in others if worth(one)[1:] < worth(taken)[1:]]
    if not others:
        return Choice(taken, "only one")
    if hasty:
        saved = frozenset().union(*(late[one.name] for one in hasty)) - late[taken.name]
        return Choice(taken, "urgent", tuple(sorted(saved)))
    if quieter:
        saved = frozenset().union(*map(visits_lost, quieter)) - visits_lost(taken)
        return Choice(taken, "lost", tuple(sorted(saved)))
    as_many = any(worth(one)[:2] == worth(taken)[:2] for one in others)
    return Choice(taken, "cheaper" if as_many else "told")


def kept(scenario: Scenario, plan: Plan) -> tuple[Keep, ...]:
    """Return what a dispatcher keeps of a plan: whoever is urgent and waits for a visit today is not put off.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : the plan that is followed
    """
    planned = {stop.job_id for shift in plan.shifts for stop in shift.stops}
    waiting = {job.job_id for job in scenario.jobs if not job.has_started}
    names = tuple(sorted(urgent_jobs(scenario) & waiting & planned))
    return (Keep(grade="day", job_ids=names),) if names else ()


def put_off(proposal: Proposal, job_ids: frozenset[str]) -> frozenset[str]:
    """Return which of some jobs a proposal leaves out, puts off, or serves too late for a clock of theirs.

    Parameters
    ----------
    proposal : the plan with its clocks
    job_ids : the jobs
    """
    return not_in_time(proposal.document, job_ids) | job_ids & set(proposal.ask)


def visits_lost(proposal: Proposal) -> frozenset[str]:
    """Return the jobs whose customers are told that nobody comes on the planned days, though they were told a time.

    Parameters
    ----------
    proposal : the plan with what it changes
    """
    return frozenset(proposal.to_tell) & set(proposal.document.plan.unserved)
