"""Orders of stops: from a plan, held against a scenario, and timed like any plan."""

from datetime import date

import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from optimizer.problem import Routes
from optimizer.retime import order_issues, orders_of, retime, routes_of
from tests.unit.rules.build import DAY, NEXT_DAY, job, north, scenario, technician

ASKED = scenario(
    [technician(), technician(technician_id="T2")],
    [job(), job(job_id="J2", place=north(9)), job(job_id="J3", place=north(3))],
)


def orders(*routes: tuple[str, date, tuple[str, ...]]) -> Orders:
    """Return orders by hand."""
    return Orders(
        routes=tuple(OrderedDay(technician_id=who, day=day, jobs=jobs) for who, day, jobs in routes)
    )


def test_orders_become_rows_and_the_rest_is_left_out() -> None:
    found = routes_of(compile_scenario(ASKED), orders(("T2", DAY, ("J3", "J1"))))
    assert found == Routes(((), (2, 0)), (1,))


def test_a_route_without_jobs_is_no_work() -> None:
    document = retime(ASKED, orders(("T1", DAY, ())))
    assert (document.plan.shifts, document.plan.unserved) == ((), ("J1", "J2", "J3"))


def test_everything_wrong_is_said_at_once() -> None:
    wrong = orders(
        ("T1", DAY, ("J1", "J1", "J9")),
        ("T9", DAY, ("J2",)),
        ("T1", NEXT_DAY, ("J2",)),
        ("T1", DAY, ()),
    )
    found = {issue.path: issue.code for issue in order_issues(ASKED, wrong)}
    assert found == {
        "routes[0].jobs[1]": "duplicate-job",
        "routes[0].jobs[2]": "unknown-job",
        "routes[1].technician_id": "unknown-technician",
        "routes[2].day": "no-shift",
        "routes[2].jobs[0]": "duplicate-job",
        "routes[3]": "duplicate-route",
    }
    assert all(issue.cause and issue.action for issue in order_issues(ASKED, wrong))
    with pytest.raises(InvalidInput) as caught:
        retime(ASKED, wrong)
    assert len(caught.value.issues) == 6


def test_a_plan_timed_again_is_the_same_plan() -> None:
    made = plan_scenario(ASKED, stop=Iterations(50), seed=3)
    again = retime(ASKED, orders_of(made.plan))
    assert again.assessment == made.assessment
    provenance = made.plan.provenance.model_copy(update={"seed": 0, "iterations": 0, "ended_by": "finished"})
    assert again.plan == made.plan.model_copy(update={"provenance": provenance})


def test_who_made_the_orders_stands_in_the_plan() -> None:
    by_wang = Orders(made_by="Wang", routes=orders(("T1", DAY, ("J1",))).routes)
    document = retime(ASKED, by_wang)
    assert document.plan.provenance.engine == "Wang"
    assert [reason.job_id for reason in document.assessment.unserved] == ["J2", "J3"]
