"""Studies that contradict themselves, whatever their base is."""

from collections.abc import Iterator
from itertools import pairwise

from optimizer.domain.study import BASE, Questions, Study
from optimizer.errors import Issue


def study_issues(study: Study) -> Iterator[Issue]:
    """Yield what is wrong with a study by itself; what its changes name is looked up in the base elsewhere.

    Parameters
    ----------
    study : every record in it is valid by itself
    """
    if study.chains.most < study.chains.least:
        cause = f"At most {study.chains.most} chains are fewer than at least {study.chains.least}."
        yield Issue("wrong-order", "chains.most", cause, "Raise most or lower least.")
    for i, (before, after) in enumerate(pairwise(study.effort.replan_at), start=1):
        if after <= before:
            cause = f"{after:%H:%M} is not after the {before:%H:%M} before it."
            action = "Put the times in order, each once."
            yield Issue("wrong-order", f"effort.replan_at[{i}]", cause, action)
    if not study.variants and study.questions == Questions():
        action = "Add variants or questions; a variant without changes shows the base."
        yield Issue("nothing-asked", "variants", "Nothing is compared and nothing is asked.", action)
    first: dict[str, int] = {}
    for i, variant in enumerate(study.variants):
        path = f"variants[{i}].name"
        if variant.name == BASE:
            cause = f"{BASE!r} is what the scenario without changes is called."
            yield Issue("reserved-name", path, cause, "Give the variant another name.")
        if variant.name in first:
            cause = f"The name {variant.name!r} is already used at variants[{first[variant.name]}]."
            yield Issue("duplicate-name", path, cause, "Give each variant its own name.")
        first.setdefault(variant.name, i)
