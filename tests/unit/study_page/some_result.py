"""A study's answers with everything a page can show; names try to steer the page."""

from collections.abc import Mapping
from datetime import time

from optimizer.domain.study import BASE, Effort, Variant
from optimizer.domain.study_result import (
    Difference,
    OneMoreAnswer,
    SmallestStaffAnswer,
    StudyResult,
    TargetState,
    TriedStaff,
    ValueOfOneMoreAnswer,
)
from optimizer.whatif.answers import answers, estimate, target_state
from optimizer.whatif.measures import samples_of
from optimizer.whatif.statistics import mean_interval, paired_difference
from tests.unit.whatif.synthetic import chain, question, samples, study

HOSTILE = "</style><img src='http://localhost:9/x' onerror='document.title=1'>"

EFFECTS: Mapping[str, float] = {
    BASE: 0.0,
    "one more in Yuelu": 0.06,
    "芙蓉门店多一人": 0.05,
    HOSTILE: 0.004,
    "as it is": 0.0,
    "overtime up to 3 h instead of 2 for everybody who wants it": -0.03,
}


def result(chains: int = 12) -> StudyResult:
    """Return the answers of a study with six variants and both questions."""
    names = [name for name in EFFECTS if name != BASE]
    asked = study(
        name=f"a second repairer {HOSTILE}",
        story="Is one more repairer worth the wage?",
        variants=tuple(Variant(name=name, story="tried twice" if name == names[0] else "") for name in names),
        chains={"least": chains, "most": chains},
        effort=Effort(replan_at=(time(10), time(13, 30))),
    )
    told = samples(EFFECTS, chains=chains)
    found = answers(asked, question(), told)
    return found.model_copy(update={"smallest_staff": _staff(), "value_of_one_more": _one_more()})


def _staff() -> SmallestStaffAnswer:
    tried = [_tried(more, 0.03 * more, seed=1) for more in range(-1, 4)]
    met = [one for one in tried if one.state == "met"]
    more = met[0].more
    return SmallestStaffAnswer(tried=tuple(tried), more=more, confirmed=_tried(more, 0.03 * more, seed=9))


def _tried(more: int, effect: float, *, seed: int) -> TriedStaff:
    targets = study().targets
    chains = [chain("tried", number, effect=effect, seed=seed) for number in range(20)]
    values = [mean_interval(samples_of(one.measure, chains)) for one in targets]
    states = [target_state(one, value) for one, value in zip(targets, values, strict=True)]
    state: TargetState = (
        "not_met" if "not_met" in states else "met" if set(states) == {"met"} else "not_decided"
    )
    told = (estimate(value, one.measure) for one, value in zip(targets, values, strict=True))
    return TriedStaff(more=more, people=4 + more, values=tuple(told), state=state)


def _one_more() -> ValueOfOneMoreAnswer:
    base = samples_of("on_time", samples({BASE: 0.0}, seed=4)[BASE])
    found = []
    for what, kind, effect in (
        ("T1", "technician", 0.06),
        ("repair/aircon", "skill", 0.02),
        ("refrigerant pump", "shared_tool", 0.0),
    ):
        other = samples_of("on_time", samples({"other": effect}, seed=4)["other"])
        pair = paired_difference(base, other)
        worth = Difference(
            estimate=estimate(pair.difference),
            clear=effect > 0,
            better=True if effect > 0 else None,
            correlation=pair.correlation,
            variance_left=pair.variance_left,
        )
        found.append(
            OneMoreAnswer.model_validate({"kind": kind, "what": what, "branch_id": "B1", "worth": worth})
        )
    return ValueOfOneMoreAnswer(measure="on_time", changes=tuple(found), ranked_by=12)
