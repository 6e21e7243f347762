"""Whether a day is a draft or approved, in words."""

from datetime import timedelta

from optimizer.domain.approval import Approval
from optimizer.words.approvals import day_states
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario

# said at eight in the evening of the day before, in the scenario's time zone
APPROVAL = Approval(day=DAY, by="Chen Lei", at=at("20:00", DAY - timedelta(days=1)))


def test_each_day_of_several_has_its_state() -> None:
    of = scenario(days=2)
    assert day_states(of) == {DAY: "draft", NEXT_DAY: "draft"}
    approved = of.model_copy(update={"approvals": (APPROVAL,)})
    assert day_states(approved) == {DAY: "approved by Chen Lei at 2026-07-14 20:00", NEXT_DAY: "draft"}
    assert day_states(approved, "zh") == {DAY: "Chen Lei 于 7月14日 20:00 审批", NEXT_DAY: "草案"}


def test_a_single_day_is_only_spoken_of_when_it_is_approved() -> None:
    of = scenario()
    assert day_states(of) == {}
    assert list(day_states(of.model_copy(update={"approvals": (APPROVAL,)}))) == [DAY]
