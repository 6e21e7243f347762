"""A move and what comes of it, in one or two sentences."""

from zoneinfo import ZoneInfo

from optimizer.domain.assessment import Finding
from optimizer.domain.plan_diff import BillDiff, JobChange
from optimizer.domain.preview import Move
from optimizer.domain.roster import ShiftKey
from optimizer.words.moments import moment
from optimizer.words.numbers import count, exact_time, listed, minutes, money

_SAID = 3
"""So many breaches are put into words."""


def sentence(
    move: Move,
    findings: tuple[Finding, ...],
    jobs: tuple[JobChange, ...],
    bill: BillDiff,
    zone: ZoneInfo,
) -> str:
    """Return what a move means in words.

    Parameters
    ----------
    move : the move, settled
    findings : what it breaks
    jobs : what becomes of jobs
    bill : how the bill changes
    zone : whose local time to write
    """
    came = f"{_goes(move, jobs, zone)}: {_costs(bill)}{_others(move, jobs)}."
    if not findings:
        return came
    return f"Not allowed: it would break {_breaches(findings)}. {came}"


def no_timing(move: Move, findings: tuple[Finding, ...]) -> str:
    """Return in words that a move cannot be timed.

    Parameters
    ----------
    move : the move
    findings : why not
    """
    return f"Not allowed: {move.job_id} cannot be done there. {findings[0].sentence}"


def _goes(move: Move, jobs: tuple[JobChange, ...], zone: ZoneInfo) -> str:
    if move.technician_id is None or move.day is None:
        return f"{move.job_id} is left out"
    shift = ShiftKey(move.technician_id, move.day)
    stops = [
        one
        for job in jobs
        if job.job_id == move.job_id
        for one in job.new
        if (one.technician_id, one.day) == shift
    ]
    if not stops:
        return f"{move.job_id} stays with {shift}, at the same time"
    return f"{move.job_id} goes to {shift} as stop {stops[0].position}, {moment(stops[0].start, zone)}"


def _costs(bill: BillDiff) -> str:
    if not bill.difference_cents:
        return "the bill stays as it is"
    rises = "rises" if bill.difference_cents > 0 else "falls"
    return f"the bill {rises} by {money(abs(bill.difference_cents))}"


def _others(move: Move, jobs: tuple[JobChange, ...]) -> str:
    """Return how many other stops start later or earlier, and by how much at most."""
    said = ""
    moved = [job.start_moved_s for job in jobs if job.job_id != move.job_id and job.start_moved_s]
    for words, by in (
        ("later", [one for one in moved if one > 0]),
        ("earlier", [-one for one in moved if one < 0]),
    ):
        if by:
            said += f"; {count(len(by), 'other stop')} {'starts' if len(by) == 1 else 'start'} {words}"
            said += f" by {'' if len(by) == 1 else 'up to '}{exact_time(max(by))}"
    return said


def _breaches(findings: tuple[Finding, ...]) -> str:
    said = [_amount(one) for one in findings[:_SAID]]
    more = len(findings) - _SAID
    return listed([*said, f"{more} more"] if more > 0 else said)


def _amount(finding: Finding) -> str:
    if finding.unit == "min":
        return f"{finding.code} by {minutes(60 * finding.over)}"
    return f"{finding.code} ({finding.sentence.rstrip('.')})"
