"""One technician's day with two jobs: a repair 6 km north, then an installation at the same distance."""

from collections.abc import Sequence
from typing import Any

import pytest

from optimizer.assess import assess
from optimizer.dispatch_orders import DispatchOrders, OrderStop, dispatch_orders
from optimizer.dispatch_orders.fonts import fonts_in, main_font
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.errors import UnsupportedFeature
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, stop


def document(of: Scenario, shifts: Sequence[ShiftPlan]) -> PlanDocument:
    """Return a plan with its assessment."""
    made = plan(of, shifts)
    return PlanDocument(plan=made, assessment=assess(of, made))


def orders_of(of: Scenario, *shifts: ShiftPlan, **asked: Any) -> DispatchOrders:
    """Return the sheets of these days."""
    return dispatch_orders(of, document(of, shifts), **asked)


def only_stop(one: Job, **facts: Any) -> OrderStop:
    """Return what stands on the sheet about one job, served from 10:00 to 11:00."""
    of = scenario(jobs=[one], **facts)
    return orders_of(of, shift_plan([stop(one.job_id, at("10:00"), at("11:00"))])).sheets[0].stops[0]


def repair(**facts: Any) -> OrderStop:
    """Return what stands on the sheet about one repair with these facts."""
    return only_stop(job(**facts))


def needs_chinese_font() -> None:
    """Skip a test where there is no font with Chinese characters."""
    try:
        main_font(fonts_in([]), "派工单")
    except UnsupportedFeature:
        pytest.skip("no font with Chinese characters: on Debian, apt install fonts-noto-cjk")
