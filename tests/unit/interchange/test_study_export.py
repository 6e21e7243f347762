"""A study's answers and samples as files: nothing is lost, and nobody's text is a formula."""

import csv
import io
from pathlib import Path

import pytest

from optimizer.domain.study_sample import DayFigures
from optimizer.errors import InvalidInput
from optimizer.interchange.study_export import (
    load_study_result,
    samples_csv,
    save_study_result,
    study_result_json,
)
from tests.unit.study_page.some_result import result
from tests.unit.whatif.synthetic import chain
from tests.unit.whatif.test_measures import CHAIN, FIRST


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    save_study_result(result(), path)
    assert load_study_result(path) == result()
    assert path.read_text(encoding="utf-8") == study_result_json(result())


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text('{"format": "paigong-study-result-1", "chains": 1}', encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_study_result(path)
    assert {"chains", "study", "variants"} <= {one.path for one in refused.value.issues}


def test_every_day_of_every_chain_is_a_line() -> None:
    told = [chain("base", number, effect=0) for number in (0, 1)]
    found = rows(b"".join(samples_csv(told, ["ARRIVE_NEAR"])))
    assert [(one["chain"], one["day"]) for one in found] == [
        (str(one.chain), day.day.isoformat()) for one in told for day in one.days
    ]


def test_a_line_has_all_figures_of_a_day() -> None:
    (first, _) = rows(b"".join(samples_csv([CHAIN], ["COMPLETE", "CONTACT"])))
    assert first["variant"] == "base"
    assert first["technicians"] == "1"
    for name in DayFigures.model_fields:
        if name not in ("service_clocks", "desk_clocks", "bill_cents"):
            assert first[name] == str(getattr(FIRST, name)), name
    assert (first["COMPLETE_kept"], first["COMPLETE_missed"]) == ("2", "2")
    assert (first["CONTACT_kept"], first["CONTACT_missed"]) == ("4", "4")
    assert (first["bill_outlay_cents"], first["bill_transfer_cents"], first["bill_service_cents"]) == (
        "30000",
        "-2000",
        "12000",
    )


def test_a_name_is_no_formula_and_text_stays_chinese() -> None:
    named = [CHAIN.model_copy(update={"variant": name}) for name in ("=1+1", "芙蓉门店多一人")]
    found = rows(b"".join(samples_csv(named, [])))
    assert {one["variant"] for one in found} == {"'=1+1", "芙蓉门店多一人"}


def test_no_more_than_a_chain_is_held() -> None:
    pieces = list(samples_csv((chain("base", number, effect=0) for number in range(3)), []))
    assert len(pieces) == 4
