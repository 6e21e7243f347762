"""People work on some weekdays only, or shorter days."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import PartTime
from optimizer.domain.technician import Shift, Technician
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen
from optimizer.whatif.variants.shifts import with_shifts


class PartTimeKind(ChangeKind[PartTime]):
    """People work on some weekdays only, or shorter days."""

    patch = PartTime

    def applied(self, scenario: Scenario, patch: PartTime) -> Scenario:
        """Return the scenario in which these people work less."""

        def shorter(shift: Shift) -> Shift | None:
            if patch.weekdays and shift.day.isoweekday() not in patch.weekdays:
                return None
            if patch.hours is None:
                return shift
            return shift.model_copy(update={"start": patch.hours.start, "end": patch.hours.end})

        def change(one: Technician) -> Technician:
            return with_shifts(scenario, one, shorter)

        return changed(scenario, chosen(scenario, patch.who), change)


KIND = PartTimeKind()
