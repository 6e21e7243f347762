"""More or less demand."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Demand
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind


class DemandKind(ChangeKind[Demand]):
    """More or less demand: the jobs that come in, not those that are open when the study begins."""

    patch = Demand
    of_demand = True

    def applied(self, scenario: Scenario, patch: Demand) -> Scenario:
        """Return the scenario as it is, whose job types and areas the change names."""
        names.refuse(
            issue
            for found in (
                names.all_unknown("job type", "types", patch.types, scenario.policy.job_types),
                names.all_unknown("area", "areas", patch.areas, names.areas(scenario)),
            )
            for issue in found
        )
        return scenario


KIND = DemandKind()
