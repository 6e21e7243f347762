"""Samples as a table: nothing is lost, and nobody's text is a formula."""

import csv
import io

from optimizer.domain.study_sample import DayFigures
from optimizer.interchange.samples_csv import clock_rules, samples_csv
from tests.unit.whatif.synthetic import chain
from tests.unit.whatif.test_measures import CHAIN, FIRST


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def test_every_day_of_every_chain_is_a_line() -> None:
    told = [chain("base", number, effect=0) for number in (0, 1)]
    found = rows(b"".join(samples_csv(told, ["ARRIVE_NEAR"])))
    assert [(one["chain"], one["day"]) for one in found] == [
        (str(one.chain), day.day.isoformat()) for one in told for day in one.days
    ]


def test_a_line_has_all_figures_of_a_day() -> None:
    (first, second) = rows(b"".join(samples_csv([CHAIN], clock_rules([CHAIN]))))
    assert first["variant"] == "base"
    assert first["people"] == "1"
    for name in DayFigures.model_fields:
        if name not in ("service_clocks", "desk_clocks", "bill_cents"):
            assert first[name] == str(getattr(FIRST, name)), name
    told = {
        name: first[name] for name in first if name.endswith(("_kept", "_missed")) and name != "told_kept"
    }
    assert told == {
        "service_clocks_kept": "7",  # 5 + 2: targets that cost nothing are not among them
        "service_clocks_missed": "3",  # 1 + 2
        "desk_clocks_kept": "4",
        "desk_clocks_missed": "4",
        "COMPLETE_limit_kept": "2",
        "COMPLETE_limit_missed": "2",
        "COMPLETE_target_kept": "1",
        "COMPLETE_target_missed": "3",
        "CONTACT_kept": "4",
        "CONTACT_missed": "4",
        "RESPOND_kept": "5",
        "RESPOND_missed": "1",
    }
    assert (second["service_clocks_kept"], second["RESPOND_kept"], second["CONTACT_kept"]) == ("0", "0", "4")
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
