"""Every value of a closed set has a name in both languages, and every rule one of its own."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from optimizer.domain.assessment import BillKind, ClockState, Event
from optimizer.domain.job import Priority
from optimizer.domain.plan import Provenance, Rest
from optimizer.domain.policy import Preset
from optimizer.domain.technician import Means, WorkKind
from optimizer.rules import RULES
from optimizer.words import names
from optimizer.words.hindrances import HINDRANCES, hindrance
from optimizer.words.language import Words
from optimizer.words.numbers import NOUNS
from optimizer.words.rule_names import RULE_NAMES, rule_name


def test_exactly_the_rules_have_names_in_the_order_of_the_book() -> None:
    assert list(RULE_NAMES) == [rule.code for rule in RULES]


def test_no_two_rules_share_a_name() -> None:
    assert len({name["en"] for name in RULE_NAMES.values()}) == len(RULES)
    assert len({name["zh"] for name in RULE_NAMES.values()}) == len(RULES)


def test_a_code_without_a_rule_stays_a_code() -> None:
    assert (rule_name("PLAN"), rule_name("SKILL", "zh")) == ("PLAN", "技能")
    assert (hindrance("PLAN"), hindrance("PLAN", "zh")) == ("the rule PLAN", "规则 PLAN")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (names.PRIORITY_NAMES, get_args(Priority)),
        (names.MEANS_NAMES, get_args(Means)),
        (names.WORK_KIND_NAMES, get_args(WorkKind)),
        (names.EVENT_NAMES, get_args(Event)),
        (names.BILL_KIND_NAMES, get_args(BillKind)),
        (names.PRESET_NAMES, get_args(Preset)),
        (names.STATE_NAMES, get_args(ClockState.model_fields["state"].annotation)),
        (names.REST_NAMES, get_args(Rest.model_fields["kind"].annotation)),
        (names.ENDED_BY_NAMES, get_args(Provenance.model_fields["ended_by"].annotation)),
    ],
)
def test_exactly_the_values_have_names(table: Mapping[Any, Words], values: tuple[str, ...]) -> None:
    assert tuple(table) == values


@pytest.mark.parametrize("table", [RULE_NAMES, HINDRANCES, names.PRIORITY_NAMES, names.CLOCK_LABELS, NOUNS])
def test_chinese_names_are_chinese(table: Mapping[Any, Words]) -> None:
    assert [one["zh"] for one in table.values() if not any(mark >= "\u4e00" for mark in one["zh"])] == []
    assert [one["en"] for one in table.values() if not one["en"].isascii()] == []
