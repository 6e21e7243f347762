"""Explanations in words, with the records behind them."""

from collections.abc import Iterator

from optimizer.domain.answers import Answer
from optimizer.domain.explanation import LeftOut, Way
from optimizer.domain.plan import Restock, ShiftPlan, Stop
from optimizer.domain.time import seconds_between
from optimizer.domain.trips import only_back, stays
from optimizer.explain.explainer import Explainer
from optimizer.explain.left_out import Explained as ExplainedLeftOut
from optimizer.explain.why_not import Answered
from optimizer.words.hindrances import hindrance
from optimizer.words.moments import clock
from optimizer.words.nights import evening_words, morning_words, work_of_day
from optimizer.words.numbers import minutes
from optimizer.words.restocks import loads_words


def said_left_out(found: ExplainedLeftOut, *, short: bool = False) -> Answer:
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
    return Answer(about="unserved", sentences=tuple(lines), job_id=answer.reason.job_id, left_out=answer)


def said_why_not(found: Answered) -> Answer:
    """Return what it would mean to let another technician do a job."""
    answer = found.answer
    lines = [answer.sentence]
    best = answer.better or answer.way
    if answer.better is not None:
        lines.append("  In the better plan:")
    if best is not None:
        lines += _days(best)
    return Answer(
        about="why_not",
        sentences=tuple(lines),
        job_id=answer.job_id,
        technician_id=answer.technician_id,
        why_not=answer,
    )


def said_job(explainer: Explainer, job_id: str) -> Iterator[Answer]:
    """Yield what there is to say about a job: why it is left out or late, or where it is."""
    if job_id in explainer.plan.unserved:
        yield said_left_out(explainer.left_out(job_id))
        return
    for day in explainer.plan.shifts:
        for number, stop in enumerate(day.stops, start=1):
            if stop.job_id == job_id:
                said = (
                    f"{job_id} is with {day.key}, {clock(stop.start)} to {clock(stop.end)}, stop {number} of "
                    f"{len(day.stops)}{_share(stop)}."
                )
                if stop.seat or stop.part:
                    yield Answer(
                        about="served",
                        sentences=(said,),
                        job_id=job_id,
                        technician_id=day.technician_id,
                        stop=stop,
                    )
                    continue
                best = explainer.next_best(job_id)
                other = "Nobody else has room for it as the plan stands."
                if best is not None:
                    other = f"The best other place with somebody else: {best.sentence}"
                yield Answer(
                    about="served",
                    sentences=(said, f"  {other}"),
                    job_id=job_id,
                    technician_id=day.technician_id,
                    stop=stop,
                    next_best=best,
                )
    late = explainer.late(job_id)
    for one in late:
        lines = [one.answer.sentence, *(_days(one.answer.way) if one.answer.way else [])]
        yield Answer(about="late", sentences=tuple(lines), job_id=job_id, late=one.answer)
    if not late:
        said = "None of its clocks is missed by the visit."
        yield Answer(about="late", sentences=(said,), job_id=job_id)


def _share(stop: Stop) -> str:
    """Return in words which place in a crew and which day of a long job a stop is."""
    place = f", place {stop.seat + 1} in the crew" if stop.seat else ""
    return f"{place}, day {stop.part + 1} of the job" if stop.part else place


def said_technician(explainer: Explainer, technician_id: str) -> Iterator[Answer]:
    """Yield why a technician's days are as long as they are."""
    days = [day for day in explainer.plan.shifts if day.technician_id == technician_id]
    if not days:
        said = f"{technician_id} has no stop in this plan."
        yield Answer(about="day", sentences=(said,), technician_id=technician_id)
    over = {one.answer.day: one.answer for one in explainer.overtime(technician_id)}
    for day in days:
        if day.day in over:
            answer = over[day.day]
            lines = [answer.sentence, *(_days(answer.way) if answer.way else [])]
            yield Answer(
                about="overtime", sentences=tuple(lines), technician_id=technician_id, overtime=answer
            )
        else:
            lines = [_length(day), *(() if stays(day) or only_back(day) else (f"  {_day(day)}",))]
            yield Answer(about="day", sentences=tuple(lines), technician_id=technician_id, day=day)


def _blocks(answer: LeftOut) -> Iterator[str]:
    for block in answer.reason.blocks:
        stop = hindrance(block.code, names=block.names)
        yield f"  - {stop}: {block.alone} alone, {block.jointly} together with other reasons"


def _days(way: Way) -> list[str]:
    """Return the days that are not as before, a line each."""
    return [f"  {day.key} then: {_day(day)}" for day in way.days]


def _day(day: ShiftPlan) -> str:
    if stays(day) or only_back(day):
        return work_of_day(day)
    morning, night = morning_words(day), evening_words(day)
    begins = (
        f"from the night {morning} {clock(day.departure)}" if morning else f"leaves {clock(day.departure)}"
    )
    halts = [f"{clock(halt.start)} {_what(halt)}" for halt in day.halts]
    ends = f"{clock(day.work_ends)} {_night(day)}" if night else f"back {clock(day.last_leg.arrival)}"
    return " · ".join([begins, *halts, ends])


def _night(day: ShiftPlan) -> str:
    """Return how a day ends that does not end at home."""
    return evening_words(day) if day.night == "transit" else f"night away {evening_words(day)}"


def _what(halt: Stop | Restock) -> str:
    return halt.job_id if isinstance(halt, Stop) else f"{loads_words(halt)} at {halt.branch_id}"


def _length(day: ShiftPlan) -> str:
    """Return how long a day without overtime is."""
    long, at = minutes(seconds_between(day.departure, day.work_ends)), clock(day.last_leg.arrival)
    if day.night is not None:
        said = work_of_day(day) if stays(day) else _night(day)
        return f"{day.key} has no overtime: {said}."
    if only_back(day):
        return f"{day.key} has no overtime: {work_of_day(day)}, at {at}."
    return f"{day.key} has no overtime: back at {at} after {long}."
