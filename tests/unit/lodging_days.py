"""The scenario of nights away as tests ask about it: who stays out, who goes home, and orders by hand for it."""

from datetime import date
from pathlib import Path

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.retime import retime

FILE = Path(__file__).parents[2] / "scenarios" / "rules" / "lodging.yaml"
WEDNESDAY, THURSDAY = date(2026, 7, 15), date(2026, 7, 16)


def question() -> Scenario:
    """Return it: two jobs each in Huaihua (3 h away), Yiyang (1 h) and Xiangtan (30 min), a technician for each."""
    return load_scenario(FILE)


def day(technician_id: str, on: date, *jobs: str, away: bool = False) -> OrderedDay:
    """Return one day of orders."""
    return OrderedDay(technician_id=technician_id, day=on, jobs=jobs, away=away)


def out() -> Orders:
    """Return the best orders: Zhou Wei and Li Na stay out the night, Sun Hao goes home."""
    return Orders(
        routes=(
            day("zhou-wei", WEDNESDAY, "HH-2", away=True),
            day("zhou-wei", THURSDAY, "HH-1"),
            day("li-na", WEDNESDAY, "YY-1", away=True),
            day("li-na", THURSDAY, "YY-2"),
            day("sun-hao", WEDNESDAY, "XT-1"),
            day("sun-hao", THURSDAY, "XT-2"),
        )
    )


def home() -> Orders:
    """Return the same with Zhou Wei at home every night, and Sun Hao out."""
    changed = {("zhou-wei", WEDNESDAY): False, ("sun-hao", WEDNESDAY): True}
    routes = (
        one.model_copy(update={"away": changed.get((one.technician_id, one.day), one.away)})
        for one in out().routes
    )
    return Orders(routes=tuple(routes))


def timed(orders: Orders) -> PlanDocument:
    """Return the plan of orders."""
    return retime(question(), orders)
