"""A sample is taken for another one only when it would be the same."""

import pytest

from optimizer.domain.study import Chains, Target, Variant
from optimizer.whatif.sample_key import THE_BASE, of_samples, sample_key, shared_facts
from tests.unit.interchange.documents import question
from tests.unit.whatif.stand_in import AS_IT_IS, ONE_MORE, Model, study


def key(variant: Variant = ONE_MORE, chain: int = 0, model: Model = Model(), **more: object) -> str:  # noqa: B008
    asked = study(**more)  # type: ignore[arg-type]
    return sample_key(shared_facts(asked, question(), model), asked, variant, chain)


@pytest.mark.parametrize(
    "more",
    [{"days": 3}, {"warm_up_days": 1}, {"seed": 1}, {"effort": {"plan_iterations": 1}}],
    ids=lambda more: str(*more),
)
def test_what_the_simulation_sees_changes_the_key(more: dict[str, object]) -> None:
    assert key(**more) != key()  # type: ignore[arg-type]


def test_demand_base_variant_changes_and_chain_change_the_key() -> None:
    other = Variant(name=ONE_MORE.name, changes=(*ONE_MORE.changes, *ONE_MORE.changes))
    small = question().model_copy(update={"name": "another"})
    facts = shared_facts(study(), small, Model())
    keys = {
        key(),
        key(model=Model(sleep_s=1)),
        key(other),
        key(AS_IT_IS),
        key(THE_BASE),
        key(chain=1),
        sample_key(facts, study(), ONE_MORE, 0),
    }
    assert len(keys) == 7


def test_what_the_simulation_does_not_see_leaves_the_key() -> None:
    told = ONE_MORE.model_copy(update={"story": "Why not?"})
    same = {
        key(),
        key(told),
        key(most=60),
        key(half_width=0.5),
        key(variants=(ONE_MORE,)),
        key(name="another", story="Why?", base="else.yaml", targets=(Target(at_least=0.5),)),
    }
    assert same == {key()}


def test_the_simulation_is_shown_one_variant_and_nothing_of_the_rest() -> None:
    shown = of_samples(study(least=3, seed=7), ONE_MORE)
    assert (shown.seed, shown.days, shown.variants) == (7, 2, (ONE_MORE,))
    assert shown.chains == Chains()
    assert of_samples(study(), THE_BASE).variants == ()
