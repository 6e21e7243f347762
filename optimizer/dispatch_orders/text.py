"""Writes the sheets as plain lines, for the terminal or a message."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.picking_words import ListWords
from optimizer.dispatch_orders.records import DispatchOrders
from optimizer.dispatch_orders.sheet_words import SheetWords, order_words
from optimizer.dispatch_orders.stop_words import StopWords
from optimizer.words.language import Language


class Line(NamedTuple):
    """A line of text."""

    text: str
    """What it says."""
    indent: int = 0
    """Columns before it, also before what of it goes to the next line."""
    heading: bool = False
    """It begins a sheet or a job."""


def orders_text(orders: DispatchOrders, language: Language) -> tuple[Line, ...]:
    """Return the sheets as lines, an empty one between sheets.

    Parameters
    ----------
    orders : the facts
    language : English or Chinese
    """
    words = order_words(orders, language)
    lines: list[Line] = []
    for sheet in words.sheets:
        lines += [Line("")] if lines else []
        lines += _sheet(sheet, language)
    for one in words.lists:
        lines += [Line("")] if lines else []
        lines += _list(one, language)
    return tuple(lines or [Line(words.nothing)])


def _sheet(sheet: SheetWords, language: Language) -> Iterator[Line]:
    yield Line(f"{sheet.title} · {sheet.who} · {sheet.day}", heading=True)
    for fact in sheet.facts:
        yield _named(fact.name, fact.text, 2, language)
    yield Line(label("take_along", language), 2)
    for group in sheet.taking:
        yield _named(group.name, _ticks(group.things), 4, language)
    if not sheet.taking:
        yield Line(sheet.nothing_to_take, 4)
    for row in sheet.rows:
        if row.stop is None:
            yield Line(f"{row.span}  {row.text}", 2)
            if row.things:
                yield Line(_ticks(row.things), 4)
        else:
            yield from _stop(row.stop, row.span, language)
    yield Line(sheet.always, 2)
    yield Line(sheet.foot, 2)


def _stop(stop: StopWords, span: str, language: Language) -> Iterator[Line]:
    tags = "".join(f" [{one}]" for one in stop.tags)
    yield Line(f"{span}  {stop.number}. {stop.job_id} {stop.work}{tags}", 2, heading=True)
    yield Line(stop.address, 4)
    yield Line(f"{stop.customer} · {stop.phone}", 4)
    yield Line(" · ".join(one for one in (stop.leaving, stop.far, stop.arriving) if one), 4)
    if stop.crew:
        yield _named(label("crew", language), stop.crew, 4, language)
    if stop.call:
        yield Line(f"☐ {stop.call}", 4)
    if stop.first_call:
        yield Line(f"☐ {stop.first_call}", 4)
    for name, text in (*stop.times, *stop.told):
        yield _named(name, text, 4, language)
    if stop.take:
        yield _named(label("take", language), _ticks(stop.take), 4, language)
    for one in stop.shared:
        yield _named(label("shared_tool", language), one, 4, language)
    for one in stop.safety:
        yield Line(f"! {one}", 4)
    for one in stop.notes:
        yield Line(one, 4)
    for key, things in (("carry", stop.carry), ("report", stop.report)):
        if things:
            yield _named(label(key, language), _ticks(things), 4, language)
    if stop.test_run:
        yield Line(f"☐ {stop.test_run}", 4)


def _list(picking: ListWords, language: Language) -> Iterator[Line]:
    yield Line(f"{picking.title} · {picking.branch} · {picking.day}", heading=True)
    for part, pieces, before, after in picking.parts:
        stock = _aside((("before", before), ("after", after)), language)
        yield Line(f"☐ {label('pieces', language, part=part, n=pieces)}{stock}", 2)
    for tool, asked, available in picking.tools:
        yield Line(f"☐ {tool}{_aside((('asked', asked), ('available', available)), language)}", 2)
    for issue in picking.issues:
        back = _aside((("comes_back", issue.back),), language)
        yield _named(f"☐ {issue.leaves}  {issue.tool}", f"{issue.whereto}{back}", 2, language)
    for one in picking.warnings:
        yield Line(f"! {one}", 2)
    if picking.handouts:
        yield Line(label("hand_to", language), 2)
    for handout in picking.handouts:
        yield _named(f"{handout.leaves}  {handout.who}", _ticks(handout.things), 4, language)
    yield Line(picking.foot, 2)


def _named(name: str, text: str, indent: int, language: Language) -> Line:
    return Line(f"{name}: {text}" if language == "en" else f"{name}：{text}", indent)


def _aside(figures: Iterable[tuple[str, str]], language: Language) -> str:
    said = [f"{label(key, language)} {figure}" for key, figure in figures]
    return f"（{'，'.join(said)}）" if language == "zh" else f" ({', '.join(said)})"


def _ticks(things: Iterable[str]) -> str:
    return "  ".join(f"☐ {one}" for one in things)
