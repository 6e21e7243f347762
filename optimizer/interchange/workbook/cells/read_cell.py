"""Reads one cell: forgiving of form, strict in meaning."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.interchange.json_text import read_json
from optimizer.interchange.workbook.cells.quoting import CUT, items, unquoted
from optimizer.interchange.workbook.cells.read_time import Planned, clock_of, day_of, moment_of
from optimizer.interchange.workbook.cells.unreadable import Unreadable
from optimizer.interchange.workbook.cells.work_words import plain_skill
from optimizer.interchange.workbook.columns.choices import ALSO, EMPTY, NO, YES
from optimizer.interchange.workbook.columns.column import Column, Kind
from optimizer.words.language import Language


class Refusal(NamedTuple):
    """Stands in a cell that holds no value, with what is to be said about it."""

    code: str
    cause: str
    action: str


FORMULA: Final = Refusal(
    "formula",
    "A formula stands in the cell.",
    "Write the value; a text that begins with = stands behind an apostrophe.",
)
"""A formula: what it would come to is not asked, for that may be out of date."""

FAULT: Final = Refusal(
    "error-value", "The spreadsheet shows an error such as #N/A or #REF! in the cell.", "Write the value."
)
"""An error where a value should be."""

Raw = str | int | float | bool | date | datetime | time | timedelta | Refusal
"""What a spreadsheet program puts into a cell."""

MOST_MARKS = 32_767
"""Longest text of a cell, as in spreadsheet programs."""

_MOST_DIGITS = 15
"""A spreadsheet keeps so many digits of a number."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class Reading(NamedTuple):
    """What a cell is read with."""

    column: Column
    zone: ZoneInfo
    """Zone of moments without an offset."""
    planned: Planned | None = None
    """The planned days, once they are known."""
    language: Language = "en"
    """Language of the sheet."""


def read_cell(
    raw: Raw,
    column: Column,
    zone: ZoneInfo,
    planned: Planned | None = None,
    language: Language = "en",
) -> Any:
    """Return the value of a cell as a scenario file would hold it.

    Parameters
    ----------
    raw : what the spreadsheet holds, not empty
    column : the column it stands in
    zone : zone of moments without an offset
    planned : the planned days, once they are known
    language : language of the sheet; mistakes name the choices in its words

    Raises
    ------
    Unreadable
        It is not what the column takes.
    """
    if isinstance(raw, Refusal):
        raise Unreadable(*raw)
    if isinstance(raw, str) and len(raw) > MOST_MARKS:
        raise Unreadable("text-too-long", f"The text has {len(raw):,} characters.", "Shorten it.")
    return _READERS[column.kind](raw, Reading(column, zone, planned, language))


def _text(raw: Raw, reading: Reading) -> str:
    if isinstance(raw, str):
        if CUT.fullmatch(raw.strip()):
            cause = f"{raw.strip()!r} is what a spreadsheet leaves of a long number."
            raise Unreadable("number-too-long", cause, "Format the cell as text and write it again.")
        return unquoted(raw, outer_spaces=reading.column.kind == "text")
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        cause = "The spreadsheet took this text for a date, a time or a truth value."
        raise Unreadable("text-expected", cause, "Format the cell as text and write it again.")
    return _digits(raw)


def _digits(raw: int | float) -> str:
    if not math.isfinite(raw) or abs(raw) >= 10**_MOST_DIGITS:
        cause = f"The spreadsheet keeps {_MOST_DIGITS} digits of a number; this one has more."
        raise Unreadable("number-too-long", cause, "Format the cell as text and write it again.")
    return str(int(raw)) if raw == int(raw) else repr(raw)


def _number(raw: Raw, _: Reading) -> float:
    if isinstance(raw, bool | date | time | timedelta | Refusal):
        raise Unreadable("number-expected", "A date or a truth value is no number.", "Write a number.")
    number = float(_plain_number(raw)) if isinstance(raw, str) else raw
    if not math.isfinite(number):
        raise Unreadable("not-finite", "The number is not finite.", "Write an ordinary number.")
    return number


def _plain_number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(",", "")
    if _DECIMAL.fullmatch(plain):
        return plain
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", plain):
        cause = f"{text!r} may be a decimal or a thousand."
        raise Unreadable("ambiguous-number", cause, "Write a decimal point, e.g. 1.5, or no comma at all.")
    raise Unreadable("number-expected", f"{shown(text)} is no number.", "Write a number, e.g. 60 or 1.5.")


def _whole(raw: Raw, reading: Reading) -> int:
    if isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return int(raw)
    number = _number(raw, reading)
    if abs(number) >= 10**_MOST_DIGITS:
        raise Unreadable("number-too-long", f"{number:g} is too large.", "Write a smaller number.")
    if number != int(number):
        raise Unreadable("whole-number-expected", f"{number!r} is not whole.", "Write a whole number.")
    return int(number)


def _moment(raw: Raw, reading: Reading) -> str:
    """Return a moment; what starts or ends lies within the planned days, what was noted may be older."""
    within = reading.column.path[-1:] in (("start",), ("end",))
    return moment_of(raw, reading.zone, reading.planned, within=within)


def _yes_no(raw: Raw, reading: Reading) -> bool:
    if isinstance(raw, bool):
        return raw
    word = (_digits(raw) if isinstance(raw, int | float) else str(raw)).strip().casefold()
    word = unicodedata.normalize("NFKC", word)
    if word in YES or word in NO:
        return word in YES
    action = "Write 是 or 否." if reading.language == "zh" else "Write yes or no (是 or 否)."
    raise Unreadable("yes-or-no", f"{shown(str(raw))} is neither yes nor no.", action)


def _choice(raw: Raw, reading: Reading) -> str:
    choices = reading.column.choices or {}
    word = _folded(str(raw))
    known = {_folded(name): value for value, zh in choices.items() for name in (zh, value)}
    known = {name: value for name, value in ALSO.items() if value in choices} | known
    if word in known:
        return known[word]
    zh = reading.language == "zh"
    near = get_close_matches(word, known, n=1)
    meant = known[near[0]] if near else ""
    hint = f"Did you mean {(choices[meant] if zh else meant)!r}? " if near else ""
    words = choices.values() if zh else (f"{value} ({name})" for value, name in choices.items())
    action = f"{hint}Write one of: {', '.join(words)}."
    raise Unreadable("unknown-word", f"{shown(str(raw))} is not a word for this column.", action)


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", word).strip().casefold())


def _words(raw: Raw, reading: Reading) -> list[str]:
    if not isinstance(raw, str):
        return [_text(raw, reading)]
    if raw.strip().casefold() in EMPTY:
        return []
    found = []
    for text, rest in items(raw):
        if rest:
            cause = f"{shown(rest)} follows the quotes of {shown(text)}."
            raise Unreadable("list", cause, "Separate the entries of a list by ';'.")
        found.append(text if reading.column.choices is None else _choice(text, reading))
    return found


def _wholes(raw: Raw, reading: Reading) -> list[int]:
    texts = (text for text, _ in items(raw)) if isinstance(raw, str) else (raw,)
    return [_whole(one, reading) for one in texts]


def _days(raw: Raw, _: Reading) -> list[str]:
    texts = (text for text, _ in items(raw)) if isinstance(raw, str) else (raw,)
    return [day_of(one) for one in texts]


def _levels(raw: Raw, reading: Reading) -> dict[str, int]:
    found: dict[str, int] = {}
    for text, rest in items(raw if isinstance(raw, str) else _text(raw, reading)):
        name, colon, number = (text, rest[:1], rest[1:]) if rest else _parted(text)
        if reading.column.kind == "skills" and not rest:  # what stands in quotes is meant to the letter
            name = plain_skill(name)
        if colon not in (":", "：") or not number.strip() or not name:
            cause = f"After {shown(name or text)} stands no number."
            raise Unreadable("number-missing", cause, f"Write e.g. {reading.column.example}.")
        if name in found:
            raise Unreadable("duplicate-name", f"{shown(name)} stands here twice.", "Keep one of the two.")
        found[name] = _whole(number, reading)
    return found


def _parted(text: str) -> tuple[str, str, str]:
    at = max(text.rfind(":"), text.rfind("："))
    return (text, "", "") if at < 0 else (text[:at].strip(), text[at], text[at + 1 :])


def _empty_list(raw: Raw, reading: Reading) -> list[Any] | None:
    return [] if _yes_no(raw, reading) else None


def _empty_table(raw: Raw, reading: Reading) -> dict[str, Any] | None:
    return {} if _yes_no(raw, reading) else None


def _value(raw: Raw, _: Reading) -> Any:
    """Return whatever stands there; text that is JSON is read as such, so that lists find room in one cell."""
    if isinstance(raw, time):
        return raw.isoformat("minutes" if not raw.second else "auto")
    if isinstance(raw, date | timedelta):
        raise Unreadable("value-expected", "No parameter takes a date.", "See `paigong rules`.")
    if isinstance(raw, float) and raw == int(raw) and abs(raw) < 10**_MOST_DIGITS:
        return int(raw)
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    if text.casefold() == "none":
        return None
    if text.casefold() in ("true", "yes", "是", "false", "no", "否"):
        return text.casefold() in YES
    if not re.match(r'[\[{"]|-?[0-9.]+([eE]|$)|null$', text):
        return raw
    source = read_json(text)
    return raw if source.issues else source.value


_READERS: Final[dict[Kind, Callable[[Any, Reading], Any]]] = {
    "text": _text,
    "word": _text,
    "number": _number,
    "whole": _whole,
    "yes/no": _yes_no,
    "day": lambda raw, _: day_of(raw),
    "clock": lambda raw, _: clock_of(raw),
    "moment": _moment,
    "choice": _choice,
    "words": _words,
    "wholes": _wholes,
    "days": _days,
    "levels": _levels,
    "skills": _levels,
    "no list": _empty_list,
    "no table": _empty_table,
    "value": _value,
}


def shown(text: str) -> str:
    """Return a text in quotes, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
