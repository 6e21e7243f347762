"""Random changes of a scenario, as a study may hold them: most can be made, some cannot."""

from random import Random
from typing import Any

from pydantic import TypeAdapter, ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Patch
from optimizer.rules import RULES
from tests.property.random_facts import PARTS
from tests.property.random_technicians import SKILLS
from tests.property.setting import chance

_PATCH: TypeAdapter[Patch] = TypeAdapter(Patch)
_CLOCKS = ("05:30", "08:00", "10:00", "13:00", "17:00", "23:00")


def random_change(rng: Random, scenario: Scenario) -> Patch:
    """Return a change that is well-formed by itself.

    Parameters
    ----------
    rng : the dice
    scenario : what it is meant for
    """
    kinds = (
        *("add_staff", "remove_staff") * 3,
        *("open_branch", "close_branch", "shift_times", "on_call", "part_time", "train", "certify") * 2,
        *(
            "overtime_limit",
            "service_radius",
            "tool_stock",
            "part_stock",
            "demand",
            "windows",
            "preset",
            "price",
        ),
    )
    while True:
        kind = rng.choice(kinds)
        try:
            return _PATCH.validate_python({"kind": kind, **_facts(rng, scenario, kind)})
        except ValidationError:
            continue  # it says too little


def _facts(rng: Random, scenario: Scenario, kind: str) -> dict[str, Any]:
    match kind:
        case "add_staff":
            described = {"branch_id": _branch(rng, scenario), "skills": {rng.choice(SKILLS): 2}}
            who = described if chance(rng, 0.3) else {"like": _person(rng, scenario)}
            elsewhere = {"branch_id": _branch(rng, scenario)} if chance(rng, 0.3) else {}
            return {**who, **elsewhere, "count": rng.randint(1, 3), **_hours(rng)}
        case "remove_staff" | "on_call":
            return {"who": _who(rng, scenario)}
        case "part_time":
            weekdays = rng.sample(range(1, 8), rng.choice((0, 3, 5)))
            return {"who": _who(rng, scenario), "weekdays": weekdays, **_hours(rng)}
        case "shift_times":
            times = {name: rng.choice(_CLOCKS) for name in ("start", "end") if chance(rng, 0.6)}
            return {"who": _who(rng, scenario), **times}
        case "overtime_limit":
            return {"who": _who(rng, scenario), "minutes": rng.choice((0, 240))}
        case "train":
            return {"who": _who(rng, scenario), "skills": {rng.choice(SKILLS): 4}, "kits": ["installer"]}
        case "certify":
            return {"who": _who(rng, scenario), "certificates": [rng.choice(("welding", "electrician"))]}
        case "service_radius":
            return {"radius_km": rng.choice((1, 40))}
        case "open_branch":
            place = {"lat": scenario.branches[0].place.lat, "lon": scenario.branches[0].place.lon + 0.1}
            moving = [_person(rng, scenario)] if chance(rng, 0.5) else []
            return {"branch": {"branch_id": "B7", "place": place}, "technician_ids": moving}
        case "close_branch":
            return {"branch_id": _branch(rng, scenario), "people_to": _branch(rng, scenario)}
        case "tool_stock":
            return {"tool": rng.choice(("hoist", "nitrogen bottle")), "more": rng.choice((-1, 1, 2))}
        case "part_stock":
            return {"part": rng.choice(PARTS), "more": rng.choice((-1, 1, 5))}
        case "demand":
            return {"factor": rng.choice((0, 0.8, 1.3))}
        case "windows":
            return {"minutes": rng.choice((60, 480))}
        case "preset":
            return {"preset": rng.choice(("economy", "balanced", "service-first"))}
        case _:
            rule = rng.choice(RULES).code
            return {"rule": rule, "values": {"active": chance(rng, 0.5)}}


def _who(rng: Random, scenario: Scenario) -> dict[str, Any]:
    who: dict[str, Any] = {}
    if chance(rng, 0.5):
        who["technician_ids"] = [_person(rng, scenario) for _ in range(rng.randint(1, 2))]
    elif chance(rng, 0.4):
        who["branch_ids"] = [_branch(rng, scenario)]
    elif chance(rng, 0.3):
        who["skills"] = {rng.choice(SKILLS): 3}
    return who | ({"count": 1} if not who or chance(rng, 0.3) else {})


def _hours(rng: Random) -> dict[str, Any]:
    start, end = sorted(rng.sample(_CLOCKS, 2))
    return {"hours": {"start": start, "end": end}} if chance(rng, 0.3) else {}


def _person(rng: Random, scenario: Scenario) -> str:
    return (
        rng.choice([one.technician_id for one in scenario.technicians] or ["T1"])
        if chance(rng, 0.95)
        else "Nobody"
    )


def _branch(rng: Random, scenario: Scenario) -> str:
    return rng.choice(scenario.branches).branch_id if chance(rng, 0.95) else "Nowhere"
