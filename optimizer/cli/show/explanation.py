"""Explanations as lines of text and as data."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from optimizer.domain.explanation import LeftOut, Way
from optimizer.domain.plan import ShiftPlan
from optimizer.explain import Explainer
from optimizer.explain.left_out import Explained as ExplainedLeftOut
from optimizer.explain.why_not import Answered
from optimizer.explain.words import hour, minutes, phrase


class Said(NamedTuple):
    """One answer."""

    about: str
    """What was asked: ``unserved``, ``why_not``, ``late``, ``served``, ``overtime`` or ``day``."""
    sentences: tuple[str, ...]
    """In words, a line each, the first one is the main one."""
    data: dict[str, Any]
    """The record behind it."""


def said_left_out(found: ExplainedLeftOut, *, short: bool = False) -> Said:
    """Return why a job is left out.

    Parameters
    ----------
    found : the explanation
    short : only the reason and the smallest change
    """
    answer = found.answer
    lines = [f"{answer.reason.job_id}: {answer.reason.sentence}"]
    if not short:
        lines += _blocks(answer)
        if answer.forced is not None and (answer.fix is None or answer.fix.kind != "serve"):
            lines.append(f"  {answer.forced.sentence}")
    if answer.fix is None:
        lines.append(f"  {found.none_helps if short else answer.proof}")
    else:
        lines.append(f"  Smallest change: {answer.fix.sentence}")
        if not short:
            lines += [*_days(answer.fix), f"  {answer.proof}"]
    return Said("unserved", tuple(lines), answer.model_dump(mode="json"))


def said_why_not(found: Answered) -> Said:
    """Return what it would mean to let another technician do a job."""
    answer = found.answer
    lines = [answer.sentence]
    best = answer.better or answer.way
    if answer.better is not None:
        lines.append("  In the better plan:")
    if best is not None:
        lines += _days(best)
    return Said("why_not", tuple(lines), answer.model_dump(mode="json"))


def said_job(explainer: Explainer, job_id: str) -> Iterator[Said]:
    """Yield what there is to say about a job: why it is left out or late, or where it is."""
    if job_id in explainer.plan.unserved:
        yield said_left_out(explainer.left_out(job_id))
        return
    for day in explainer.plan.shifts:
        for number, stop in enumerate(day.stops, start=1):
            if stop.job_id == job_id:
                said = (
                    f"{job_id} is with {day.key}, {hour(stop.start)} to {hour(stop.end)}, stop {number} of "
                    f"{len(day.stops)}."
                )
                best = explainer.next_best(job_id)
                other = "Nobody else has room for it as the plan stands."
                if best is not None:
                    other = f"The best other place with somebody else: {best.sentence}"
                data = {
                    "stop": stop.model_dump(mode="json"),
                    "next_best": best and best.model_dump(mode="json"),
                }
                yield Said("served", (said, f"  {other}"), data)
    late = explainer.late(job_id)
    for one in late:
        lines = [one.answer.sentence, *(_days(one.answer.way) if one.answer.way else [])]
        yield Said("late", tuple(lines), one.answer.model_dump(mode="json"))
    if not late:
        yield Said("late", ("None of its clocks is missed by the visit.",), {"job_id": job_id})


def said_technician(explainer: Explainer, technician_id: str) -> Iterator[Said]:
    """Yield why a technician's days are as long as they are."""
    days = [day for day in explainer.plan.shifts if day.technician_id == technician_id]
    if not days:
        yield Said("day", (f"{technician_id} has no stop in this plan.",), {"technician_id": technician_id})
    over = {one.answer.day: one.answer for one in explainer.overtime(technician_id)}
    for day in days:
        if day.day in over:
            answer = over[day.day]
            lines = [answer.sentence, *(_days(answer.way) if answer.way else [])]
            yield Said("overtime", tuple(lines), answer.model_dump(mode="json"))
        else:
            long_s = round(day.last_leg.arrival.timestamp() - day.departure.timestamp())
            said = f"{day.key} has no overtime: back at {hour(day.last_leg.arrival)} after {minutes(long_s)}."
            yield Said("day", (said, f"  {_day(day)}"), {"day": day.model_dump(mode="json")})


def _blocks(answer: LeftOut) -> Iterator[str]:
    for block in answer.reason.blocks:
        yield f"  - {phrase(block.code)}: {block.alone} alone, {block.jointly} together with other reasons"


def _days(way: Way) -> list[str]:
    """Return the days that are not as before, a line each."""
    return [f"  {day.key} then: {_day(day)}" for day in way.days]


def _day(day: ShiftPlan) -> str:
    stops = [f"{hour(stop.start)} {stop.job_id}" for stop in day.stops]
    return " · ".join([f"leaves {hour(day.departure)}", *stops, f"back {hour(day.last_leg.arrival)}"])
