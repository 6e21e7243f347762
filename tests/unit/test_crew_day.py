"""The day written by hand is a sound example: it keeps every hard rule, and its files come back as they were."""

import json

from optimizer.domain.document import PlanDocument
from optimizer.domain.validation import validate_scenario
from optimizer.interchange.plan_file import plan_json
from tests.unit.crew_day import document, question


def test_the_day_is_a_sound_example() -> None:
    assert tuple(validate_scenario(question())) == ()
    assert document().assessment.findings == ()


def test_its_plan_comes_back_from_a_file() -> None:
    made = document()
    assert PlanDocument.model_validate(json.loads(plan_json(made))) == made


def test_what_a_day_does_not_use_is_not_in_its_file() -> None:
    # J1 is nobody's crew job and takes one day: its stop says neither seat nor part.
    shifts = json.loads(plan_json(document()))["plan"]["shifts"]
    assert {"seat", "part"} & shifts[2]["stops"][0].keys() == set()
    assert shifts[1]["stops"][0]["seat"] == 1
