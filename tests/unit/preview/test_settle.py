"""Which visit a move means and to which day it goes; everything that is wrong with it at once."""

from typing import Any

import pytest

from optimizer.domain.preview import Move
from optimizer.errors import InvalidInput
from optimizer.preview import Previewer
from optimizer.preview.settle import settled
from tests.unit import crew_day
from tests.unit.preview.two_days import answer, loaded, question
from tests.unit.rules.build import DAY, NEXT_DAY


def wrong(previewer: Previewer, **facts: Any) -> list[tuple[str, str]]:
    """Return code and path of everything that is wrong with a move."""
    with pytest.raises(InvalidInput) as error:
        settled(previewer.standing, Move(**facts))
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in error.value.issues)
    return [(issue.code, issue.path) for issue in error.value.issues]


@pytest.fixture(scope="module")
def crew() -> Previewer:
    return Previewer(crew_day.question(), crew_day.document())


def test_unknown_names_are_named_together() -> None:
    assert wrong(loaded(), job_id="J9", technician_id="T9") == [
        ("unknown-job", "job_id"),
        ("unknown-technician", "technician_id"),
    ]


def test_a_day_without_a_shift() -> None:
    assert wrong(loaded(), job_id="J1", technician_id="T2", day=NEXT_DAY) == [("no-shift", "day")]


def test_a_place_that_is_not_there_and_one_named_twice() -> None:
    facts = {"job_id": "J1", "technician_id": "T2"}
    assert wrong(loaded(), **facts, before="J2") == [("not-there", "before")]
    assert wrong(loaded(), **facts, position=2) == [("no-such-place", "position")]
    assert wrong(loaded(), **facts, before="J3", position=0) == [("two-places", "position")]
    assert wrong(loaded(), job_id="J1", technician_id="T1", before="J1") == [("not-there", "before")]


def test_what_is_left_out_goes_nowhere() -> None:
    found = wrong(loaded(), job_id="J1", day=DAY, position=0)
    assert found == [("nowhere", "day"), ("nowhere", "position")]


def test_a_visit_that_is_not_in_the_plan() -> None:
    found = wrong(loaded(), job_id="J1", technician_id="T2", from_technician_id="T2")
    assert found == [("no-such-visit", "from_technician_id")]
    assert wrong(loaded(), job_id="J4", from_day=DAY) == [("no-such-visit", "from_day")]


def test_the_day_is_that_of_the_job_or_the_only_one() -> None:
    days = question().model_copy(update={"horizon": question().horizon.model_copy(update={"days": 2})})
    people = tuple(one.model_copy(update={"shifts": None}) for one in days.technicians)
    previewer = Previewer(two := days.model_copy(update={"technicians": people}), answer(two))
    asked = settled(previewer.standing, Move(job_id="J1", technician_id="T2"))
    assert asked.target is not None
    assert asked.target.day == DAY
    assert wrong(previewer, job_id="J4", technician_id="T2") == [("day-needed", "day")]


def test_of_several_visits_one_is_said(crew: Previewer) -> None:
    assert wrong(crew, job_id="J2", technician_id="T3") == [("which-visit", "from_technician_id")]
    asked = settled(crew.standing, Move(job_id="J2", technician_id="T3", from_technician_id="T2"))
    assert [key.technician_id for key in asked.sources] == ["T2"]
    asked = settled(crew.standing, Move(job_id="J2", technician_id="T2", position=0))  # the own visit
    assert [key.technician_id for key in asked.sources] == ["T2"]


def test_all_visits_of_a_job_are_left_out_together(crew: Previewer) -> None:
    asked = settled(crew.standing, Move(job_id="J2"))
    assert [key.technician_id for key in asked.sources] == ["T1", "T2"]


def test_somebody_who_has_the_job_already(crew: Previewer) -> None:
    found = wrong(crew, job_id="J2", technician_id="T2", from_technician_id="T1")
    assert found == [("already-there", "technician_id")]


def test_a_job_is_done_on_as_many_days_as_it_has_parts(crew: Previewer) -> None:
    # J2 takes two people on one day; T4 works on the next one too.
    found = wrong(crew, job_id="J2", technician_id="T4", day=NEXT_DAY, from_technician_id="T2")
    assert found == [("too-many-days", "day")]
