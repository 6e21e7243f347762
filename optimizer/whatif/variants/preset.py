"""Another preset of the policy."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import UsePreset
from optimizer.whatif.variants.base import ChangeKind


class PresetKind(ChangeKind[UsePreset]):
    """Another preset of the policy; what the policy itself says of rules stays."""

    patch = UsePreset

    def applied(self, scenario: Scenario, patch: UsePreset) -> Scenario:
        """Return the scenario under the preset."""
        policy = scenario.policy.model_copy(update={"preset": patch.preset})
        return scenario.model_copy(update={"policy": policy})


KIND = PresetKind()
