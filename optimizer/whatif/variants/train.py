"""Cross-training: people learn skills."""

from collections.abc import Iterator

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Train
from optimizer.domain.technician import Onboarding, Technician
from optimizer.errors import Issue
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen


class TrainKind(ChangeKind[Train]):
    """Cross-training. Who was better at something stays so; who is trained on a product may do its jobs."""

    patch = Train

    def applied(self, scenario: Scenario, patch: Train) -> Scenario:
        """Return the scenario in which these people have the skills, and the kits for them."""
        names.refuse(_issues(scenario, patch))

        def change(one: Technician) -> Technician:
            better = {name: max(level, one.skills.get(name, 0)) for name, level in patch.skills.items()}
            return one.model_copy(
                update={
                    "skills": one.skills | better,
                    "kits": tuple(dict.fromkeys((*one.kits, *patch.kits))),
                    "onboarding": _trained(one.onboarding, patch),
                }
            )

        return changed(scenario, chosen(scenario, patch.who), change)


def _issues(scenario: Scenario, patch: Train) -> Iterator[Issue]:
    known = names.skills(scenario)
    for skill in patch.skills:
        yield from names.unknown("skill", f"skills.{skill}", skill, known)
    yield from names.all_unknown("kit", "kits", patch.kits, scenario.policy.kits)


def _trained(onboarding: Onboarding, patch: Train) -> Onboarding:
    """Return what somebody is trained on, with the products of the new skills."""
    if onboarding.trained_products is None:
        return onboarding
    new = (skill.partition("/")[2] for skill in patch.skills if "/" in skill)
    products = tuple(dict.fromkeys((*onboarding.trained_products, *new)))
    return onboarding.model_copy(update={"trained_products": products})


KIND = TrainKind()
