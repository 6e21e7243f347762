"""Shifts begin or end at other times."""

from typing import Any

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import ShiftTimes
from optimizer.domain.technician import Shift, Technician
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen
from optimizer.whatif.variants.shifts import with_shifts


class ShiftTimesKind(ChangeKind[ShiftTimes]):
    """Shifts begin or end at other times. One half of a shift alone never makes a night of a day."""

    patch = ShiftTimes

    def applied(self, scenario: Scenario, patch: ShiftTimes) -> Scenario:
        """Return the scenario in which these people's shifts are at other times."""
        times: dict[str, Any] = {
            name: value for name in ("start", "end") if (value := getattr(patch, name)) is not None
        }
        turned: list[str] = []

        def change(one: Technician) -> Technician:
            def shift(old: Shift) -> Shift:
                if patch.weekdays and old.day.isoweekday() not in patch.weekdays:
                    return old
                new = old.model_copy(update=times)
                if len(times) == 1 and (old.start < old.end) != (new.start < new.end):
                    turned.append(f"{one.technician_id} on {old.day} ({old.start:%H:%M} to {old.end:%H:%M})")
                return new

            return with_shifts(scenario, one, shift)

        made = changed(scenario, chosen(scenario, patch.who), change)
        if turned:
            (field,) = times
            some = ", ".join(turned[:3]) + (" and others" if len(turned) > 3 else "")
            cause = f"With {field} {times[field]:%H:%M} the shift of {some} would turn round midnight."
            action = "Give both start and end, or choose other people in who."
            raise InvalidInput((Issue("turned-shift", field, cause, action),))
        return made


KIND = ShiftTimesKind()
