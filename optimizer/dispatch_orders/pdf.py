"""Sets the sheets as PDF, for the printer: A4, black on white, the same bytes for the same sheets."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from optimizer.dispatch_orders.fonts import ARCHIVAL, REPLACEMENT, fonts_in, main_font, missing_signs
from optimizer.dispatch_orders.labels import LABELS
from optimizer.dispatch_orders.records import DispatchOrders
from optimizer.dispatch_orders.sheet_words import order_words
from optimizer.errors import UnsupportedFeature
from optimizer.words.language import Language

NO_DAY: Final = date(2000, 1, 1)
"""Date of a document without sheets."""

LONG_STOP: Final = 900
"""A job with more signs than this may go over two pages; shorter ones stay together."""

_UNBROKEN = re.compile(r"[^\s\u2e80-\uffff]{24}")
_ZERO_WIDTH_SPACE: Final = "\u200b"


class PrintedOrders(NamedTuple):
    """A PDF and what it could not show."""

    content: bytes
    """The file."""
    replaced: tuple[str, ...]
    """Signs that no font has; a box stands for each."""


def orders_pdf(
    orders: DispatchOrders, language: Language, *, font_folders: Sequence[Path] = ()
) -> PrintedOrders:
    """Return the sheets as a PDF, a new page for each, long ones on several.

    Parameters
    ----------
    orders : the facts
    language : English or Chinese
    font_folders : folders with fonts, besides those of the system

    Raises
    ------
    UnsupportedFeature
        There is no font with Chinese characters, or a folder of fonts is missing.
    """
    import typst  # imported here: only the PDF needs the typesetter

    data = _data(orders, language)
    text = "".join(_strings(data))
    fonts = fonts_in(font_folders)
    font = main_font(fonts, text)
    replaced = missing_signs(fonts, font, text)
    printable = {**_broken_up(_without(data, replaced)), "font": font}
    day = date(*data["date"])
    try:
        content = typst.compile(
            files("optimizer.dispatch_orders").joinpath("templates/orders.typ").read_bytes(),
            font_paths=fonts,
            sys_inputs={"data": json.dumps(printable, ensure_ascii=False)},
            pdf_standards=[ARCHIVAL],
            pdf_tags=False,  # sheets are for printers; tags make the file several times as large
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise UnsupportedFeature(f"The typesetter could not set the sheets: {error}") from None
    return PrintedOrders(content, tuple(sorted(replaced)))


def _data(orders: DispatchOrders, language: Language) -> dict[str, Any]:
    words = order_words(orders, language)
    day = words.first_day or NO_DAY
    sheets = [asdict(one) for one in words.sheets]
    for stop in (row["stop"] for sheet in sheets for row in sheet["rows"] if row["stop"] is not None):
        stop["long"] = sum(len(one) for one in _strings(stop)) > LONG_STOP
    return {
        "title": words.title,
        "lang": language,
        "region": "cn" if language == "zh" else "gb",
        "date": [day.year, day.month, day.day],
        "words": {key: one[language] for key, one in LABELS.items()},
        "sheets": sheets,
        "lists": [asdict(one) for one in words.lists],
        "nothing": words.nothing,
    }


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _without(data: dict[str, Any], signs: frozenset[str]) -> dict[str, Any]:
    table = dict.fromkeys(map(ord, signs), REPLACEMENT)
    return {key: _changed(one, lambda text: text.translate(table)) for key, one in data.items()}


def _broken_up(data: dict[str, Any]) -> dict[str, Any]:
    """Let endless words break: a place to break after every so many signs without one."""
    put_in = rf"\g<0>{_ZERO_WIDTH_SPACE}"
    return {key: _changed(one, lambda text: _UNBROKEN.sub(put_in, text)) for key, one in data.items()}


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    return value
