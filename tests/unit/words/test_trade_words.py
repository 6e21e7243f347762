"""Chinese for the trade's things; what is not known stays as the scenario calls it."""

import pytest

from optimizer.domain.policy import DEFAULT_JOB_TYPES, INSTALLER_KIT, REPAIRER_KIT
from optimizer.words.language import Language
from optimizer.words.trade_words import (
    JOB_TYPE_WORDS,
    TRADE_WORDS,
    job_type_word,
    pieces_words,
    trade_word,
    work_words,
)
from tests.unit.rules.build import job


def test_the_usual_tools_and_job_types_have_chinese_names() -> None:
    assert {*INSTALLER_KIT, *REPAIRER_KIT, "rope"} <= TRADE_WORDS.keys()
    assert DEFAULT_JOB_TYPES.keys() <= JOB_TYPE_WORDS.keys()
    assert (trade_word("filter", "zh"), job_type_word("filter", "zh")) == ("滤芯", "更换滤芯")
    assert trade_word("brazing torch", "zh") == "焊枪"
    assert trade_word("brazing torch", "en") == "brazing torch"
    assert trade_word("电锤", "zh") == "电锤"


@pytest.mark.parametrize(
    ("type_", "product", "units", "language", "said"),
    [
        ("repair", None, 1, "en", "repair"),
        ("repair", "aircon", 2, "en", "repair · aircon ×2"),
        ("repair", "aircon", 2, "zh", "维修 · 空调 ×2"),
        # 车身维修 says already that it is the body; English words say it twice, as the scenario does.
        ("bodywork", "body", 1, "zh", "车身维修"),
        ("bodywork", "body", 1, "en", "bodywork · body"),
        ("beamwork", "warp drive", 1, "zh", "beamwork · warp drive"),
    ],
)
def test_what_a_job_is(type_: str, product: str | None, units: int, language: Language, said: str) -> None:
    assert work_words(job(type=type_, product=product, units=units), language) == said


def test_what_a_job_is_in_a_title() -> None:
    assert work_words(job(product="aircon"), "zh", between=" ") == "维修 空调"


def test_parts_stand_by_name_in_one_line() -> None:
    parts = {"fan motor": 2, "RO membrane": 1}
    assert pieces_words(parts, "en") == "1 × RO membrane, 2 × fan motor"
    assert pieces_words(parts, "zh") == "1 × 反渗透膜, 2 × 风扇电机"
    assert pieces_words({}, "zh") == ""
