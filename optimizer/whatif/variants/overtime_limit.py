"""Another limit of overtime a day."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import OvertimeLimit
from optimizer.domain.technician import Shift, Technician
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen
from optimizer.whatif.variants.shifts import with_shifts


class OvertimeLimitKind(ChangeKind[OvertimeLimit]):
    """Another limit of overtime a day, for all shifts of these people."""

    patch = OvertimeLimit

    def applied(self, scenario: Scenario, patch: OvertimeLimit) -> Scenario:
        """Return the scenario in which these people's shifts have the limit."""

        def limited(shift: Shift) -> Shift:
            return shift.model_copy(update={"overtime_limit_min": patch.minutes})

        def change(one: Technician) -> Technician:
            return with_shifts(scenario, one, limited)

        return changed(scenario, chosen(scenario, patch.who), change)


KIND = OvertimeLimitKind()
