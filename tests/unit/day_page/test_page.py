"""The page as a whole: self-contained, the same each time, and nothing in it can be steered by other people's text."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from optimizer.day_page import day_page
from optimizer.day_page.labels import LABELS
from optimizer.domain.job import Customer
from optimizer.domain.route_shape import ShapeKey, ShapePoint
from optimizer.words.language import LANGUAGES, Language
from tests.unit.day_page.one_day import answer, question, shift
from tests.unit.rules.build import job, north, scenario

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}\"'&\u202e\x00" + "长" * 300


class _Tags(HTMLParser):
    """Collects every tag with its attributes, and the text outside of styles and scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text.append(data)


def _page(language: Language = "en") -> str:
    return day_page(question(), answer(question(), shift()), language=language)


def test_the_same_plan_gives_the_same_page() -> None:
    assert _page() == _page()


def test_the_page_needs_nothing_else() -> None:
    for tag, attributes in _Tags(_page()).tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        for name in ("src", "href", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith("#")
    assert not re.search(r"url\((?!#)|@import|https?://", _page())


def test_only_our_own_script_may_run() -> None:
    page = _page()
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert not any(name.startswith("on") for _, attributes in _Tags(page).tags for name in attributes)


def test_hostile_text_stays_text() -> None:
    customer = Customer(customer_id="C", name=HOSTILE)
    jobs = [
        job(customer=customer, place=north(6).model_copy(update={"address": HOSTILE}), product="<b>"),
        job(job_id="</td><J2>", place=north(9)),
        job(job_id="J3", place=north(12), customer=customer),
    ]
    branches = [one.model_copy(update={"name": HOSTILE}) for one in question().branches]
    people = [one.model_copy(update={"name": HOSTILE}) for one in question().technicians]
    asked = question(jobs=jobs, branches=branches, technicians=people)
    asked = asked.model_copy(update={"name": "</style><script>x"})
    stops = shift().stops
    second = stops[1].model_copy(
        update={"job_id": "</td><J2>", "leg": stops[1].leg.model_copy(update={"to_place": "job:</td><J2>"})}
    )
    home = shift().last_leg.model_copy(update={"from_place": "job:</td><J2>"})
    day = shift().model_copy(update={"stops": (stops[0], second), "last_leg": home})
    page = day_page(asked, answer(asked, day))
    parsed = _Tags(page)
    tags = [tag for tag, _ in parsed.tags]
    assert (tags.count("script"), tags.count("style"), tags.count("img"), tags.count("j2")) == (1, 1, 0, 0)
    assert "</script><img src=x onerror=alert(1)>{{7*7}}\"'&" in "".join(parsed.text)
    assert "\x00" not in page
    assert "\u202e" not in page


def test_lines_from_roads_say_whose_roads_they_are() -> None:
    shapes = {ShapeKey("car", "branch:B1", "job:J1"): (ShapePoint(28.21, 112.99),)}
    on_roads = day_page(question(), answer(question(), shift()), shapes=shapes)
    assert "Roads © OpenStreetMap contributors" in on_roads
    assert LABELS["en"]["straight_lines"] not in on_roads
    assert "道路数据 © OpenStreetMap 贡献者" in day_page(
        question(), answer(question(), shift()), language="zh", shapes=shapes
    )
    assert "OpenStreetMap" not in _page()
    assert LABELS["en"]["straight_lines"] in _page()


def test_a_name_without_end_is_cut_off() -> None:
    people = [question().technicians[0].model_copy(update={"name": "x" * 5000})]
    asked = question(technicians=people)
    page = day_page(asked, answer(asked, shift()))
    assert f"{'x' * 79}…" in page
    assert "x" * 80 not in "".join(_Tags(page).text)


def test_an_empty_plan_has_a_page() -> None:
    asked = scenario(technicians=[], jobs=[])
    for language in LANGUAGES:
        page = day_page(asked, answer(asked), language=language)
        assert LABELS[language]["nobody_works"] in page
        assert LABELS[language]["all_served"] in page


def test_the_chinese_page_has_no_english_label() -> None:
    text = _Tags(_page("zh")).text
    words = {piece.strip(" ():·\n") for one in text for piece in one.split("\n")}
    english = {
        label for key, label in LABELS["en"].items() if "{" not in label and key not in ("north", "html_lang")
    }
    assert words & english == set()
    assert '<html lang="zh-CN">' in _page("zh")


def test_every_label_is_used() -> None:
    folder = files("optimizer.day_page")
    sources = [one for one in folder.iterdir() if one.name.endswith(".py") and one.name != "labels.py"]
    sources += list(folder.joinpath("templates").iterdir())
    code = "".join(one.read_text(encoding="utf-8") for one in sources)
    used = set(re.findall(r"label\.(\w+)", code)) | set(re.findall(r"""\[["'](\w+)["']\]""", code))
    unused = [key for key in LABELS["en"] if key not in used]
    assert unused == []


@pytest.mark.parametrize(("days", "tabs"), [(1, 0), (3, 3)])
def test_several_days_can_be_chosen_without_a_script(days: int, tabs: int) -> None:
    asked = question()
    asked = asked.model_copy(update={"horizon": asked.horizon.model_copy(update={"days": days})})
    tags = _Tags(day_page(asked, answer(asked, shift()))).tags
    radios = [attributes for tag, attributes in tags if attributes.get("type") == "radio"]
    assert len(radios) == tabs
    targets = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    assert targets == {attributes["id"] for attributes in radios}


def test_every_id_on_the_page_is_there_once() -> None:
    asked = question()
    asked = asked.model_copy(update={"horizon": asked.horizon.model_copy(update={"days": 3})})
    ids = [
        attributes["id"]
        for _, attributes in _Tags(day_page(asked, answer(asked, shift()))).tags
        if "id" in attributes
    ]
    assert len(ids) == len(set(ids))
