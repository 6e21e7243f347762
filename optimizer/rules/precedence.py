"""PRECEDENCE: jobs that depend on each other follow in order, with their gaps, by the same person or not.

Pre-laid pipes before the unit; the diagnosis before the visit that brings the part, which has a gap at least for
the part's arrival; a second coat of glue after so many hours at least and at most. The later job is planned only where
the first one is. A first job that is done already is simply not in the file.

Jobs in a group are all done by the same person, or each by another one; those that are left out do not count. Two jobs
of one customer at one place are not under way at the same time, unless a chain ties them already or the customer has
so many there that it is a site where several people work.

A job that no day of the roster can hold is done on several days: in as few parts of equal length as fit into somebody's
regular hours, on one working day after another, by the same people. A rest does not interrupt service, so a day holds
what fits before or after it. Without enough days such a job cannot be done. Of a crew the one who leads counts for the
order, and everybody of it comes again for the next part.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.chain import circles, contradictions
from optimizer.rules.draft import Draft, Layout
from optimizer.rules.in_order import in_order
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.one_place import at_one_place
from optimizer.words.numbers import exact_time


class PrecedenceParams(Params):
    """Parameters of `PRECEDENCE`; order and gaps stand with the jobs."""

    one_at_a_time: bool = True
    """Whether two jobs of one customer at one place are kept apart in time."""
    site_from_jobs: Annotated[int, Field(ge=2, le=1000)] = 11
    """A customer with so many jobs at one place, or more, is a site where several people work at once."""
    longest_part_min: Annotated[int, Field(ge=30, le=24 * 60)] = 480
    """Minutes on site a day at most for a job that is split because no day can hold it."""


class Precedence(Rule[PrecedenceParams]):
    """One job after another."""

    code = "PRECEDENCE"
    title = "Jobs that depend on each other follow in order, with their gaps, by the same person or not."
    section = "when"
    hard = True
    source = (
        Source("004", "第8篇 ch. 7 art. 13 (pre-laid pipes before the unit)"),
        Source(
            "assumption", "gaps, groups, one visit at a time at one customer, long jobs over several days"
        ),
    )
    params = PrecedenceParams

    def validate(self, scenario: Scenario, params: PrecedenceParams) -> Iterator[Issue]:
        """Yield chains that bite their own tail, and gaps that other ties make impossible."""
        closed = list(circles(scenario))
        for circle in closed:
            way = " → ".join(circle.jobs)
            cause = f"{circle.jobs[0]} would come before itself: {way}."
            path = f"jobs[{circle.row}].after[{circle.tie}]"
            yield Issue("circular-order", path, cause, "Take one of these ties out.")
        for one in () if closed else contradictions(scenario):
            job = scenario.jobs[one.row]
            tie = job.after[one.tie]
            cause = (
                f"{job.job_id} comes at most {exact_time(60 * (tie.max_gap_min or 0))} after the {tie.gap_from} of "
                f"{tie.job_id}, but {' → '.join(one.way)} takes {exact_time(60 * one.least_min)} at least."
            )
            path = f"jobs[{one.row}].after[{one.tie}].max_gap_min"
            yield Issue("gaps-contradict", path, cause, "Raise this gap, or lower those on the way.")

    def lay_out(self, scenario: Scenario, params: PrecedenceParams, layout: Layout) -> None:
        """Split the jobs that no day can hold, where there are days enough."""
        for job_id, parts in long_jobs(scenario, params.longest_part_min).parts.items():
            layout.split([job_id], parts)

    def compile(self, scenario: Scenario, params: PrecedenceParams, draft: Draft) -> None:
        """Tie each job to those it comes after, groups to each other, and keep jobs at one place apart."""
        for job in scenario.jobs:
            for tie in job.after:
                draft.link(
                    tie.job_id,
                    job.job_id,
                    gap_from=tie.gap_from,
                    least_s=60 * tie.min_gap_min,
                    most_s=None if tie.max_gap_min is None else 60 * tie.max_gap_min,
                    next_working_day=tie.next_working_day,
                    who=tie.who,
                )
        for group in scenario.groups:
            draft.group(group.jobs, group.who)
        if params.one_at_a_time:
            for one, other in at_one_place(scenario, params.site_from_jobs - 1):
                draft.keep_apart(one, other)

    def check(self, scenario: Scenario, params: PrecedenceParams, plan: Plan) -> Iterator[Finding]:
        """Yield jobs too early or too late after others, in minutes, by the wrong people, or at the same time."""
        pairs = at_one_place(scenario, params.site_from_jobs - 1) if params.one_at_a_time else ()
        yield from in_order(scenario, plan, tuple(pairs))

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        match finding.unit:
            case "people":
                return f"Let the people asked for do {finding.job_id}, or change who is to do it."
            case "jobs":
                return f"Plan the job before {finding.job_id} as well, or leave {finding.job_id} out."
            case _:
                return f"Move {finding.job_id}, or the job it is tied to, or change the gap between them."


RULE = Precedence()
