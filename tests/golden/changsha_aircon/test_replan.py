"""Somebody falls ill on the Changsha day after all customers know their times."""

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import CallOff
from optimizer.domain.scenario import Scenario
from optimizer.replan import Replanner, next_revision, with_expected
from tests.golden.changsha_aircon.story import at


def test_the_cheapest_way_costs_no_more_than_the_repair_it_begins_with(
    scenario: Scenario, document: PlanDocument
) -> None:
    plan, now = document.plan, at("07:40")
    ill = CallOff(kind="call_off", at=now, technician_id="tang-yong", approved=True)
    revision = next_revision(with_expected(scenario, plan, told=True), plan, [ill], now)
    found = {one.name: one for one in Replanner(revision, plan).searched(Iterations(300))}
    assert found["repair"].ask  # the search begins with customers who are asked for another time
    cents = {name: one.document.assessment.bill.total_cents for name, one in found.items()}
    assert cents["cheapest"] <= cents["repair"]
