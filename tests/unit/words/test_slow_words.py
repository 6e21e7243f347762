"""Slow areas on every face of a plan: terminal, day page, tables."""

import pytest

from optimizer.cli.show.head import head
from optimizer.control import Iterations
from optimizer.day_page.book import Book
from optimizer.day_page.provenance import warnings
from optimizer.interchange.plan_export.facts import plan_facts
from optimizer.interchange.plan_export.tables.overview import overview
from optimizer.planning import plan_scenario
from optimizer.words.language import Language
from optimizer.words.slow_words import slow_notes
from tests.unit.crew_day import document
from tests.unit.rules.build import at, north
from tests.unit.slow_day import jam, slow_day, slow_document

SAID: dict[Language, str] = {
    "en": (
        "Slow area jam: from 2026-07-15 08:00 to 2026-07-15 11:00 ways from and to it take 200 % of their usual "
        "time."
    ),
    "zh": "缓行区域“jam”：7月15日 08:00至7月15日 11:00，进出该区域的路程按平时的 200% 计时。",
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def test_a_plan_without_areas_says_nothing() -> None:
    assert slow_notes(document().plan) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_says_it(language: Language) -> None:
    plan = slow_document().plan
    assert slow_notes(plan, language) == (SAID[language],)
    assert SAID[language] in warnings(Book(slow_day(), slow_document(), language))
    cells = [cell for row in overview(plan_facts(slow_day(), slow_document(), language)).rows for cell in row]
    assert SAID[language] in cells
    assert f"travel: {SAID['en']}" in [line.plain for line in head(slow_day(), slow_document())]


def test_the_earliest_comes_first_and_names_do_no_harm() -> None:
    early = jam(name="early\n\x1b[31m", start=at("07:00"), end=at("08:00"))
    unused = jam(name="unused", centre=north(90))
    notes = slow_notes(plan_scenario(slow_day(jam(), early, unused), stop=Iterations(5)).plan)
    assert [note.split(":")[0] for note in notes][1:] == ["Slow area jam"]
    assert len(notes) == 2
    assert notes[0].startswith("Slow area early")
    assert "\n" not in notes[0]
    assert "\x1b" not in notes[0]
