"""The evening page: everything about the day is on it, it needs nothing else, and nobody's text can steer it."""

import re
from importlib.resources import files

import pytest

from optimizer.evening_page import evening_page
from optimizer.evening_page.course import course_of
from optimizer.evening_page.labels import LABELS
from optimizer.words.language import LANGUAGES, Language
from optimizer.words.numbers import money
from tests.unit.day_page.test_page import _Tags
from tests.unit.operate.small_day import played
from tests.unit.rules.build import at


def text_of(language: Language = "en") -> str:
    """Return what can be read on the page, with single blanks."""
    return " ".join(" ".join(_Tags(evening_page(played(), language=language)).text).split())


def test_the_same_day_gives_the_same_page() -> None:
    assert evening_page(played()) == evening_page(played())


def test_the_page_needs_nothing_else() -> None:
    page = evening_page(played())
    for tag, attributes in _Tags(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form", "script")
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\((?!#)|@import|https?://", page)


def test_every_moment_is_there_with_its_ways_and_who_is_told() -> None:
    text = text_of()
    for said in (
        "07:30 The plan is published: 2 of 2 jobs; 2 customers know when who comes.",
        "08:00 1 T1 is ill.",
        "→ repair",
        "Taken: no other way is better in anything",
        "J1 10:00–12:00 T2 <b> asked",  # a name stays a name
        "T1 <b> −J1",
        "09:20 Nobody opens. Noted; nothing to plan again.",
        "10:10 2 An emergency.",
        "E1 10:20–12:00 T2 <b>",
        "21:00 The day is closed: 3 jobs done, 0 left over; Thu 16 Jul begins with 0 jobs.",
    ):
        assert said in text, said


def test_promises_bills_and_people_stand_beside_the_plan() -> None:
    text, report = text_of(), played().closed.report
    assert "J1 J1 & Co 09:00–09:30 T1 <b> 10:30 T2 <b> late" in text
    planned, real = report.planned_bill.total_cents, report.real_bill.total_cents
    assert f"total {money(planned)} {money(real)} +{money(real - planned)}" in text
    assert "T2 <b> 3 1 3.6 h 1.3 h 36 km 12 km 14:10" in text


def test_the_drawing_follows_the_jobs_left_out() -> None:
    zone = at("09:00").tzinfo
    assert zone is not None
    course = course_of(played(), zone)
    assert [(one.clock, one.number, one.left_out) for one in course.marks] == [
        ("07:30", "", 0),
        ("08:00", "1", 0),
        ("10:10", "2", 0),
        ("21:00", "", 0),
    ]
    # half past seven to nine at night are 810 minutes, eight is 30 of them
    first, second, *_, last = course.marks
    assert (second.x - first.x) / (last.x - first.x) == pytest.approx(30 / 810)
    assert [one.words for one in course.hours][:2] == ["08:00", "09:00"]


def test_both_languages_have_the_same_labels() -> None:
    assert LABELS["en"].keys() == LABELS["zh"].keys()


def test_the_chinese_page_has_no_english_label() -> None:
    words = {piece.strip(" ():·\n") for piece in _Tags(evening_page(played(), language="zh")).text}
    english = {text for key, text in LABELS["en"].items() if "{" not in text and key != "html_lang"}
    assert words & english == set()
    assert "T1 病了。" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_on_the_page_is_there_once(language: Language) -> None:
    tags = _Tags(evening_page(played(), language=language)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes["href"] or "")[1:] for tag, attributes in tags if tag == "a"}
    assert links <= set(ids)


def test_every_label_is_used() -> None:
    folder = files("optimizer.evening_page")
    sources = [one for one in folder.iterdir() if one.name.endswith(".py") and one.name != "labels.py"]
    sources += list(folder.joinpath("templates").iterdir())
    code = "".join(one.read_text(encoding="utf-8") for one in sources)
    used = set(re.findall(r"label\.(\w+)", code)) | set(re.findall(r"""\[["'](\w+)["']\]""", code))
    changes = {"early", "late", "other technician", "not served"}
    assert [key for key in LABELS["en"] if key not in used | changes] == []
