"""The value of one more: the best is found, and its worth is told from chains that had no part in choosing it."""

from optimizer.control import Cancel
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_result import ValueOfOneMoreAnswer
from optimizer.whatif.candidates import Candidates, candidates
from optimizer.whatif.measures import samples_of
from optimizer.whatif.one_more import TOLD, most_valued, value_of_one_more
from optimizer.whatif.runner import Sampling
from optimizer.whatif.statistics import paired_difference
from tests.unit.whatif.in_process import InMemory
from tests.unit.whatif.staffed import Truth, asked, sampling, team

KINDS = ("technician", "skill", "certificate", "shared_tool", "part")
CHAINS = 30


def cost(one: Scenario) -> int:
    """Return a day's cost: the tool saves most, the certificate some, the technician costs more than it saves."""
    hoists = one.branches[0].shared_tools["hoist"] - 1
    certified = sum(held.name == "height" for person in one.technicians for held in person.certificates) - 1
    return 500_000 - 9_000 * hoists - 3_000 * certified + 6_000 * (len(one.technicians) - 7)


def study(seed: int = 0, **more: object) -> Study:
    found = asked(least=10, most=40, value_of_one_more={"kinds": KINDS, "branch_ids": ("B1",), **more})
    return found.model_copy(update={"seed": seed})


def answer(seed: int = 0) -> tuple[ValueOfOneMoreAnswer, InMemory]:
    given = study(seed)
    way, kept, _ = sampling(given, team(), Truth(cost=cost))
    found = value_of_one_more(given, candidates(given, team()), CHAINS, way)
    assert found is not None
    return found, kept


def test_the_best_comes_first_and_the_truth_lies_in_its_interval() -> None:
    found, _ = answer()
    assert found.measure == "cost_cents_a_day"
    assert (found.ranked_by, found.left_out) == (10, 0)
    assert len(found.changes) == min(found.ranked, TOLD)
    assert [(one.kind, one.what) for one in found.changes[:2]] == [
        ("shared_tool", "hoist"),
        ("certificate", "height"),
    ]
    assert found.changes[-1].kind == "technician"
    for one, truth in ((found.changes[0], -9_000), (found.changes[1], -3_000), (found.changes[-1], 6_000)):
        assert one.worth.estimate.low <= truth <= one.worth.estimate.high
        assert one.worth.clear
        assert one.worth.better is (truth < 0)
        assert one.worth.estimate.chains == CHAINS
    # What changes nothing is not said to.
    assert [one.worth.clear for one in found.changes if one.kind in ("skill", "part")] == [False, False]


def test_the_worth_is_of_chains_that_had_no_part_in_the_ranking() -> None:
    found, kept = answer()
    first = "one more shared tool: hoist, B1"
    base, other = (
        samples_of(
            "cost_cents_a_day", [kept.all[f"chain {chain} of {name!r}"] for chain in range(40, 40 + CHAINS)]
        )
        for name in ("base", first)
    )
    mean = paired_difference(base, other).difference.mean
    assert abs(found.changes[0].worth.estimate.mean - mean) < 1e-4
    chains = {
        name: {one.chain for one in kept.all.values() if one.variant == name} for name in (first, "base")
    }
    assert chains[first] == chains["base"] == {*range(10), *range(40, 40 + CHAINS)}
    assert len(kept.all) == most_valued(study(), found.ranked, CHAINS) + 10  # the base's were not there yet


def test_the_truth_lies_in_the_interval_of_the_first_in_19_of_20_studies() -> None:
    # 100 studies: with 95 % fewer than 88 have a probability of 0.2 %.
    held = 0
    for seed in range(100):
        first = answer(seed)[0].changes[0].worth.estimate
        held += first.low <= -9_000 <= first.high
    assert held >= 88


def test_of_changes_that_are_all_worth_nothing_hardly_any_is_said_to_be() -> None:
    # The first was lucky in the ranking; told from there it would often be clear. 5 in 100 studies, so 8 or more of 60
    # have a probability below 1 %.
    wrong = 0
    for seed in range(60):
        given = study(seed)
        way, _, _ = sampling(given, team(), Truth(cost=lambda one: 500_000))
        found = value_of_one_more(given, candidates(given, team()), CHAINS, way)
        assert found is not None
        wrong += any(one.worth.clear for one in found.changes)
    assert wrong < 8


def test_with_nothing_to_try_nothing_is_simulated() -> None:
    given = study(kinds=("shared_tool",), branch_ids=("B2",))
    way, kept, _ = sampling(given, team(), Truth())
    found = value_of_one_more(given, candidates(given, team()), CHAINS, way)
    assert found == ValueOfOneMoreAnswer(measure="cost_cents_a_day", changes=(), ranked_by=10)
    assert candidates(given, team()) == Candidates()
    assert kept.all == {}


def test_cancelled_it_has_no_answer_and_begun_again_it_has_the_same() -> None:
    whole, kept = answer()
    way, half, executor = sampling(study(), team(), Truth(cost=cost))
    tried = candidates(study(), team())
    for stop_at in (15, 70):  # while ranking, while valuing
        cancel = Cancel()
        stopped = Sampling(
            executor,
            half,
            at_most=0,
            watch=lambda run, cancel=cancel, at=stop_at: cancel.ask() if run.done >= at else None,  # type: ignore[misc]
            cancel=cancel,
        )
        assert value_of_one_more(study(), tried, CHAINS, stopped) is None
    assert value_of_one_more(study(), tried, CHAINS, way) == whole
    assert half.all == kept.all
