"""Are ways slow in the scenario's slow areas, in their hours and as much as said, and nowhere else?"""

from collections.abc import Iterator, Sequence

from optimizer.checker.breach import TRAVEL, breach
from optimizer.domain.assessment import Finding
from optimizer.domain.place import Place
from optimizer.domain.plan import TravelLeg
from optimizer.domain.requirements import within
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea, SlowHours

_AGAIN = "Plan the scenario again; the plan's travel data is not what it was planned with."


def slow_as_said(scenario: Scenario, places: dict[str, Place], leg: TravelLeg) -> Iterator[Finding]:
    """Yield the slow areas that a leg leaves out, and those that it names wrongly.

    Parameters
    ----------
    scenario : the question
    places : its places by name
    leg : travel data of a plan; trains and ships are slow nowhere
    """
    areas = scenario.travel.slow_areas
    ends = [places[name] for name in (leg.from_place, leg.to_place) if name in places]
    held = [area for area in areas if not leg.rides and _touches(area, ends)]
    way = f"The leg by {leg.means} from {leg.from_place} to {leg.to_place}"
    for area in held:
        if not any(_same(area, one) for one in leg.slow_hours):
            yield _wrong(f"{way} does not take {area.percent} % of its time in the slow area {area.name}.")
    for one in leg.slow_hours:
        if not any(_same(area, one) for area in held):
            yield _wrong(f"{way} is slow in {one.area}, but the scenario does not say so.")
    if len(leg.slow_hours) > len({one.area for one in leg.slow_hours}):
        yield _wrong(f"{way} names a slow area twice.")


def slowest_at(slow: Sequence[SlowHours], at: int) -> int:
    """Return what ways take at a moment in percent of their usual time; 100 where no slow hours hold.

    Parameters
    ----------
    slow : the slow hours of a leg
    at : whole seconds since 1970
    """
    now = (one.percent for one in slow if one.start.timestamp() <= at < one.end.timestamp())
    return max(now, default=100)


def next_change_s(slow: Sequence[SlowHours], at: int) -> int:
    """Return after how many seconds slow hours begin or end next; 3600 where none do.

    Parameters
    ----------
    slow : the slow hours of a leg, from whole seconds to whole seconds
    at : whole seconds since 1970
    """
    changes = (int(moment.timestamp()) - at for one in slow for moment in (one.start, one.end))
    return min((ahead for ahead in changes if ahead > 0), default=3600)


def _touches(area: SlowArea, ends: Sequence[Place]) -> bool:
    return any(within(area.centre, place, area.radius_km) for place in ends)


def _same(area: SlowArea, one: SlowHours) -> bool:
    mine = (area.name, area.start, area.end, area.percent)
    return mine == (one.area, one.start, one.end, one.percent)


def _wrong(sentence: str) -> Finding:
    return breach(TRAVEL, sentence, measured=1, limit=0, unit="slow areas", advice=_AGAIN)
