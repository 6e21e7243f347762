"""A part of a scenario that is a scenario itself: some technicians, some jobs, and what is said of them."""

from collections.abc import Collection, Sequence

from optimizer.domain.approval import Approval
from optimizer.domain.job import Job
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.travel import Matrix, Travel


def part_of(scenario: Scenario, technicians: Sequence[Technician], jobs: Sequence[Job]) -> Scenario:
    """Return the scenario with some of its technicians and jobs alone; branches and policy stay.

    Parameters
    ----------
    scenario : the whole
    technicians, jobs : those that stay, in the scenario's order
    """
    kept = frozenset(job.job_id for job in jobs)
    part = scenario.model_copy(
        update={
            "technicians": tuple(technicians),
            "jobs": tuple(jobs),
            "promises": tuple(one for one in scenario.promises if one.job_id in kept),
            "pins": tuple(one for one in scenario.pins if one.job_id in kept),
            "approvals": tuple(_approval(one, kept) for one in scenario.approvals),
        }
    )
    if not scenario.travel.matrices:
        return part
    return part.model_copy(update={"travel": _travel(scenario.travel, place_book(part))})


def _approval(approval: Approval, jobs: Collection[str]) -> Approval:
    return approval.model_copy(
        update={
            "visits": tuple(one for one in approval.visits if one.job_id in jobs),
            "tools": tuple(one for one in approval.tools if one.job_id in jobs),
        }
    )


def _travel(travel: Travel, places: Collection[str]) -> Travel:
    cut = {means: _matrix(matrix, places) for means, matrix in travel.matrices.items()}
    return travel.model_copy(update={"matrices": cut})


def _matrix(matrix: Matrix, places: Collection[str]) -> Matrix:
    rows = [row for row, place in enumerate(matrix.places) if place in places]
    return matrix.model_copy(
        update={
            "places": tuple(matrix.places[row] for row in rows),
            "seconds": tuple(tuple(matrix.seconds[row][column] for column in rows) for row in rows),
            "metres": tuple(tuple(matrix.metres[row][column] for column in rows) for row in rows),
        }
    )
