"""How long driving really takes: a day's traffic, and each leg's own luck."""

from datetime import date
from math import exp

from optimizer.domain.demand_model import DemandModel
from optimizer.whatif.demand.chain import Chain


def travel_factor(model: DemandModel, chain: Chain, day: date, from_place: str, to_place: str) -> float:
    """Return real ÷ planned travel time of a leg, the same for everybody who drives it on that day.

    Parameters
    ----------
    model : what chance does
    chain : source of chance
    day : local date
    from_place, to_place : the places as plans name them, e.g. ``branch:B1`` and ``job:J1``
    """
    travel, name = model.travel, day.isoformat()
    spread = travel.day_spread * chain.normal("traffic", name)
    spread += travel.leg_spread * chain.normal("leg", name, from_place, to_place)
    return travel.median * exp(spread)
