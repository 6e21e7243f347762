"""Puts crew mates, shared tools, and jobs before and after into words for a dispatch order."""

from collections.abc import Iterator

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.records import OrderStop
from optimizer.dispatch_orders.tied_records import ChainLine, CrewLine, JobAndPerson, ToolWayLine
from optimizer.words.chain_words import after_words, before_words
from optimizer.words.crew_words import day_of_job
from optimizer.words.language import Language
from optimizer.words.moments import clock, moment
from optimizer.words.numbers import listed
from optimizer.words.tool_words import ToolWay, job_and_person, tool_name, way_words


def crew_sentence(stop: OrderStop, language: Language) -> str:
    """Return who comes along, who leads, where they meet and when; empty: nobody else.

    Parameters
    ----------
    stop : the facts
    language : English or Chinese
    """
    if not stop.crew:
        return ""
    meet = label("meet", language, at=clock(stop.start))
    others = listed([_mate(one, stop, language) for one in stop.crew if not one.leads], language)
    lead = next((one for one in stop.crew if one.leads), None)
    if lead is None:
        return label("you_lead", language, mates=others, meet=meet)
    mates = label("also_with", language, mates=others) if others else ""
    return label("led_by", language, lead=_called(lead), mates=mates, meet=meet)


def tied_tags(stop: OrderStop, language: Language) -> Iterator[str]:
    """Yield in a word each that somebody leads or comes along, and which day of the job it is."""
    if stop.crew:
        yield label("mate_tag" if stop.seat else "leads_tag", language, n=len(stop.crew) + 1)
    day = day_of_job(stop.day_of_job - 1, stop.days_of_job, language)
    if day:
        yield day[0].upper() + day[1:]


def tool_sentence(way: ToolWayLine, language: Language) -> str:
    """Return where a shared tool comes from, by when it is handed over, and where it goes.

    Parameters
    ----------
    way : the facts
    language : English or Chinese
    """
    said = way_words(
        ToolWay(
            tool=tool_name(way.tool, way.number, language),
            branch=way.branch,
            from_job=_place(way.from_job, language, kept=way.kept_from),
            leaves=clock(way.leaves),
            there=clock(way.there),
            to_job=_place(way.to_job, language, kept=way.kept_for),
            onwards=clock(way.onwards),
            brought_by=label("you", language) if way.taken_along else way.brought_by,
            kept_from=way.kept_from,
            kept_for=way.kept_for,
        ),
        language,
    )
    if way.to_job is None or way.kept_for:
        return said
    until = label("hand_over", language, at=clock(way.until))
    return f"{said}（{until}）" if language == "zh" else f"{said} ({until})"


def chain_sentence(line: ChainLine, stop: OrderStop, language: Language) -> str:
    """Return which job comes before or after.

    Parameters
    ----------
    line : the facts
    stop : the job on the sheet
    language : English or Chinese
    """
    named = _named(line.job, language)
    same = line.at.date() == stop.start.date()
    at = clock(line.at) if same else moment(line.at, language=language)
    if line.comes == "after":
        return after_words(named, at, language)
    return before_words(named, at, line.gap_min, language, gap_from=line.gap_from)


def _mate(one: CrewLine, stop: OrderStop, language: Language) -> str:
    if clock(one.arrival) == clock(stop.start):
        return _called(one)
    return label("mate_there", language, who=_called(one), at=clock(one.arrival))


def _called(one: CrewLine) -> str:
    return " ".join(part for part in (one.technician, one.technician_id) if part)


def _place(one: JobAndPerson | None, language: Language, *, kept: bool) -> str:
    """Return a job a tool comes from or goes to: with who is there, unless it is the same person; empty: the branch."""
    return "" if one is None else one.job_id if kept else _named(one, language)


def _named(one: JobAndPerson, language: Language) -> str:
    return job_and_person(one.job_id, one.technician, language)
