"""Longer or shorter appointment windows."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Windows
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind


class WindowsKind(ChangeKind[Windows]):
    """Longer or shorter windows for the jobs that come in; what was agreed before stays."""

    patch = Windows
    of_demand = True

    def applied(self, scenario: Scenario, patch: Windows) -> Scenario:
        """Return the scenario as it is, whose job types the change names."""
        names.refuse(names.all_unknown("job type", "types", patch.types, scenario.policy.job_types))
        return scenario


KIND = WindowsKind()
