"""Another service radius of branches."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import ServiceRadius
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind


class ServiceRadiusKind(ChangeKind[ServiceRadius]):
    """Another service radius of branches."""

    patch = ServiceRadius

    def applied(self, scenario: Scenario, patch: ServiceRadius) -> Scenario:
        """Return the scenario in which these branches have the radius."""
        known = names.branch_ids(scenario)
        names.refuse(names.all_unknown("branch", "branch_ids", patch.branch_ids, known))
        wanted = frozenset(patch.branch_ids) or known
        update = {"service_radius_km": patch.radius_km}
        branches = tuple(
            one.model_copy(update=update) if one.branch_id in wanted else one for one in scenario.branches
        )
        return scenario.model_copy(update={"branches": branches})


KIND = ServiceRadiusKind()
