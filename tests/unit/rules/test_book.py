"""The rule book in force."""

import pytest

from optimizer.domain.policy import Policy
from optimizer.errors import InvalidInput
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.rules.book import RuleBook
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.late import RULE as LATE
from optimizer.rules.settings import params_of
from optimizer.rules.unserved import RULE as UNSERVED


def problems(rules: dict[str, dict[str, object]]) -> list[tuple[str, str, str, str]]:
    with pytest.raises(InvalidInput) as caught:
        RuleBook.of(Policy(rules=rules))
    return [(one.code, one.path, one.cause, one.action) for one in caught.value.issues]


def test_codes_are_unique_and_in_the_order_of_the_book() -> None:
    assert [rule.code for rule in RULES] == [
        *("SKILL", "CERTIFICATE", "TOOL", "SHARED_TOOL", "TOOL_INSPECTION", "PART", "ONBOARDED", "SUSPENDED"),
        *("ABSENT", "NO_SHOW", "TERRITORY", "CREW", "CUSTOMER_EXCLUSION", "PINNED", "APPROVED", "UNDER_WAY"),
        *("SITE_READY",),
        *("SHIFT", "BREAK", "APPOINTMENT", "PROMISE", "MIN_DURATION"),
        *("PRECEDENCE", "DURATION", "WORKLOAD_CAP", "TRIP"),
        *("DISPATCH", "CONTACT", "RESPOND", "ARRIVE_NEAR", "REPLY_FAR", "REPLY_WRITTEN", "ONSITE_CONTRACT"),
        *("COMPLETE", "REWORK", "COMPLAINT", "FOLLOW_UP", "BENCH_REPAIR", "PERIODIC_VISIT"),
        *("PROGRESS_CHECK", "REPORT"),
        *("UNSERVED", "LATE", "BROKEN_APPOINTMENT", "PIECE_BONUS", "MONTH_BONUS", "OVERTIME", "TRAVEL"),
        *("LODGING", "EMPTY_VISIT", "SUBSIDY", "DEDICATED", "OVERQUALIFIED", "CHANGE", "FAIRNESS"),
    ]


def test_every_rule_says_what_it_is() -> None:
    for rule in RULES:
        assert rule.title.endswith(".")
        assert rule.source
        assert rule.params().active or rule.code == "CUSTOMER_EXCLUSION"
        missing = [name for name, field in rule.params.model_fields.items() if not field.description]
        assert missing == []


def test_defaults_then_preset_then_policy() -> None:
    assert RuleBook.of(Policy()).params(UNSERVED).normal_cents == 50_000
    economy = RuleBook.of(Policy(preset="economy"))
    assert (economy.preset, economy.levels) == ("economy", ("cents",))
    assert economy.params(UNSERVED).normal_cents == 30_000
    own = RuleBook.of(Policy(preset="economy", rules={"UNSERVED": {"normal_cents": 77}}))
    assert own.params(UNSERVED).normal_cents == 77
    assert own.params(UNSERVED).vip_cents == 150_000  # the preset's, the policy does not change it
    assert own.params(LATE).first_cents == 3_000


def test_active_leaves_out_what_is_switched_off() -> None:
    book = RuleBook.of(Policy(rules={"LATE": {"active": False}, "CUSTOMER_EXCLUSION": {"active": True}}))
    assert book.active() == tuple(rule for rule in RULES if rule is not LATE)
    assert book.params(LATE).active is False


def test_everything_wrong_is_said_at_once() -> None:
    found = problems(
        {
            "LATEE": {"first_cents": 1},
            "late": {},
            "LATE": {"first_cent": 1, "second_cents": -1},
            "DURATION": {"level_percent": [100, 100, "fast", 90, 80]},
            "BREAK": {"minutes": "long"},
        }
    )
    assert [(code, path) for code, path, _, _ in found] == [
        ("unknown-rule", "policy.rules.LATEE"),
        ("unknown-rule", "policy.rules.late"),
        ("bad-parameter", "policy.rules.BREAK.minutes"),
        ("bad-parameter", "policy.rules.DURATION.level_percent[2]"),
        ("bad-parameter", "policy.rules.LATE.second_cents"),
        ("unknown-parameter", "policy.rules.LATE.first_cent"),
    ]
    assert [action for _, _, _, action in found[:2]] == [
        "Did you mean LATE? `paigong rules` lists all rules.",
        "Did you mean LATE? `paigong rules` lists all rules.",
    ]
    assert found[2][2].endswith("found 'long'.")
    assert found[5][2:] == ("LATE has no parameter 'first_cent'.", "Did you mean first_cents?")


def test_contradictions_between_parameters() -> None:
    (one,) = problems({"LATE": {"first_cents": 9_000}})
    assert one[:3] == (
        "bad-parameter",
        "policy.rules.LATE",
        "second_cents is below first_cents, so later would be cheaper.",
    )
    (one,) = problems({"BREAK": {"inside_from": "13:00", "inside_until": "12:00"}})
    assert one[2] == "inside_until is not after inside_from."
    # the usual window is 12:00 to 13:30: 90 min
    assert params_of(BREAK, Policy(rules={"BREAK": {"minutes": 90}})).minutes == 90
    (one,) = problems({"BREAK": {"minutes": 91}})
    assert one[2] == "a break of 91 min is longer than inside_from to inside_until."


@pytest.mark.parametrize("code", ["SHIFT", "DURATION", "UNSERVED"])
def test_some_rules_are_always_active(code: str) -> None:
    (one,) = problems({code: {"active": False}})
    assert one[:2] == ("always-active", f"policy.rules.{code}.active")


def test_params_of_one_rule() -> None:
    assert params_of(BREAK, Policy(rules={"BREAK": {"minutes": 30}})).minutes == 30
    with pytest.raises(InvalidInput, match=r"policy\.rules\.BREAK\.minutes"):
        params_of(BREAK, Policy(rules={"BREAK": {"minutes": 0}, "LATE": {"nonsense": 1}}))


def test_every_hard_rule_has_an_advice_of_its_own() -> None:
    # only findings are advised on, and only hard rules have findings
    own = {rule.code for rule in RULES if type(rule).advise is not Rule.advise}
    assert own == {rule.code for rule in RULES if rule.hard}
