"""Which way a dispatcher takes."""

from datetime import timedelta

import pytest

from optimizer.domain.assessment import Assessment, Bill, ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.keep import Keep
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposal, ProposalName, Proposals
from optimizer.operate.choosing import as_a_dispatcher, kept, put_off, visits_lost
from optimizer.operate.words import reason
from tests.unit.operate.small_day import played
from tests.unit.rules.build import at, job, scenario

QUESTION = scenario(
    jobs=[job(job_id="E1", priority="emergency"), job(job_id="C1", complaint="strong"), job()]
)


def way(
    name: ProposalName,
    *,
    tell: tuple[str, ...] = (),
    out: tuple[str, ...] = (),
    ask: tuple[str, ...] = (),
    late: tuple[str, ...] = (),
    cents: int = 0,
) -> Proposal:
    """Return a way to go on with what is looked at of it."""
    bill = Bill(lines=(), outlay_cents=cents, transfer_cents=0, service_cents=0, total_cents=cents)
    clocks = tuple(
        ClockState(
            code="COMPLETE",
            job_id=name,
            due=at("12:00"),
            event="finishing",
            at=at("12:00") + timedelta(hours=1),
            state="missed",
            slack_s=-3600,
        )
        for name in late
    )
    document = PlanDocument.model_construct(
        plan=Plan.model_construct(unserved=out, shifts=()),
        assessment=Assessment.model_construct(bill=bill, clocks=clocks),
    )
    return Proposal.model_construct(name=name, document=document, to_tell=tell, ask=ask, unserved_weight=0)


def taken(*ways: Proposal) -> tuple[str, str, tuple[str, ...]]:
    found = Proposals.model_construct(scenario=QUESTION, proposals=ways)
    choice = as_a_dispatcher(found)
    assert reason(choice)
    assert reason(choice, "zh") != reason(choice)
    return choice.proposal.name, choice.ground, choice.jobs


def test_one_way_is_taken() -> None:
    assert taken(way("repair", tell=("A", "B"))) == ("repair", "only one", ())


def test_fewest_customers_are_bothered_whatever_it_costs() -> None:
    assert taken(way("repair", tell=("A",), cents=900), way("cheapest", tell=("A", "B"))) == (
        "repair",
        "told",
        (),
    )


def test_of_two_that_bother_as_many_the_cheaper_one() -> None:
    quiet, cheap = way("repair", tell=("A",), cents=900), way("cheapest", tell=("B",), cents=800)
    assert taken(quiet, cheap) == ("cheapest", "cheaper", ())


def test_a_visit_lost_bothers_twice() -> None:
    one, two = way("repair", tell=("A", "B"), out=("A", "B")), way("between", tell=("A", "B", "C"))
    assert taken(one, two) == ("between", "lost", ("A", "B"))
    three = way("between", tell=("A", "B", "C", "D", "E"))
    assert taken(one, three)[0] == "repair"


@pytest.mark.parametrize("hurt", [{"out": ("E1",)}, {"ask": ("E1",), "tell": ("E1",)}, {"late": ("C1",)}])
def test_nobody_urgent_is_left_out_put_off_or_late_where_another_way_is_there(
    hurt: dict[str, tuple[str, ...]],
) -> None:
    quiet, loud = way("repair", **hurt), way("cheapest", tell=("A", "B", "C"))  # type: ignore[arg-type]
    (urgent,) = {name for names in hurt.values() for name in names}
    assert taken(quiet, loud) == ("cheapest", "urgent", (urgent,))


def test_who_is_no_customer_to_tell_has_lost_no_visit() -> None:
    assert visits_lost(way("repair", tell=("A",), out=("A", "B"))) == {"A"}
    assert put_off(way("repair", out=("A",)), frozenset({"E1"})) == frozenset()


def test_urgent_visits_stay_on_their_day() -> None:
    turn = played().moments[-1].turn
    assert turn is not None
    plan = turn.choice.proposal.document.plan
    assert kept(turn.scenario, plan) == (Keep(grade="day", job_ids=("E1",)),)
    assert kept(QUESTION, plan.model_copy(update={"shifts": ()})) == ()
