"""What happened when, the ways there were to go on, and who was told what."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from optimizer.operate import Played, PlayedDay, Turn
from optimizer.operate.choosing import visits_lost
from optimizer.operate.words import ordered_words, reason, told_words
from optimizer.words.language import Language
from optimizer.words.moments import clock, day
from optimizer.words.names import PROPOSAL_NAMES
from optimizer.words.numbers import money


class WayRow(NamedTuple):
    """One way to go on."""

    name: str
    left_out: str
    weight: str
    told: str
    asked: str
    lost: str
    bill: str
    taken: bool


class TurnRow(NamedTuple):
    """One moment of the day."""

    number: str
    """Of the re-plan; empty: none."""
    clock: str
    what: str
    ways: tuple[WayRow, ...]
    nothing: str
    """What doing nothing would have owed; empty: not planned again."""
    broken: str
    """How many hard rules that would have broken; empty: none."""
    reason: str
    customers: tuple[str, ...]
    orders: tuple[str, ...]
    edge: bool
    """The plan's publication or the close, which are no moments of the script."""


def turn_rows(
    played: PlayedDay, label: Mapping[str, str], language: Language, zone: tzinfo
) -> tuple[TurnRow, ...]:
    """Return the moments of a day, from the published plan to the close.

    Parameters
    ----------
    played : the day
    label : labels of the page
    language : English or Chinese
    zone : whose clock counts
    """
    kpis, report, following = played.morning.assessment.kpis, played.closed.report, played.closed.scenario
    begins = played.question.now or played.moments[0].moment.at
    told = sum(one.told for one in played.question.promises)
    published = label["published_what"].format(served=kpis.served, jobs=kpis.jobs, told=told)
    closed = label["closed_what"].format(
        done=len(report.done),
        left=len(report.left_over),
        next=day(following.horizon.first_day, language),
        jobs=len(following.jobs),
    )
    names = {one.technician_id: one.name for one in played.question.technicians if one.name}
    rows, number = [_edge(clock(begins, zone), published)], 0
    for one in played.moments:
        number += one.turn is not None
        rows.append(_row(one, str(number), label, language, zone, names))
    return (*rows, _edge(clock(report.closed_at, zone), closed))


def _edge(at: str, what: str) -> TurnRow:
    return TurnRow("", at, what, (), "", "", "", (), (), True)


def _row(
    one: Played,
    number: str,
    label: Mapping[str, str],
    language: Language,
    zone: tzinfo,
    names: Mapping[str, str],
) -> TurnRow:
    moment, turn = one.moment, one.turn
    what = moment.what_zh or moment.what if language == "zh" else moment.what
    at = clock(moment.at, zone)
    if turn is None:
        return TurnRow("", at, what, (), "", "", "", (), (), False)
    nothing = turn.found.doing_nothing.assessment
    return TurnRow(
        number=number,
        clock=at,
        what=what,
        ways=tuple(_ways(turn, language)),
        nothing=money(nothing.bill.total_cents),
        broken=label["breaks"].format(number=len(nothing.findings)) if nothing.findings else "",
        reason=reason(turn.choice, language),
        customers=tuple(told_words(told, zone, language, names) for told in turn.taken.told),
        orders=tuple(ordered_words(order, names) for order in turn.taken.ordered),
        edge=False,
    )


def _ways(turn: Turn, language: Language) -> list[WayRow]:
    return [
        WayRow(
            name=PROPOSAL_NAMES[one.name][language],
            left_out=str(len(one.document.plan.unserved)),
            weight=str(one.unserved_weight),
            told=str(len(one.to_tell)),
            asked=str(len(one.ask) or ""),
            lost=str(len(visits_lost(one)) or ""),
            bill=money(one.document.assessment.bill.total_cents),
            taken=one is turn.choice.proposal,
        )
        for one in turn.found.proposals
    ]
