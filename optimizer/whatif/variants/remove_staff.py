"""Fewer people."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import RemoveStaff
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.gone import without_people
from optimizer.whatif.variants.people import chosen


class RemoveStaffKind(ChangeKind[RemoveStaff]):
    """Fewer people; `without_people` says what becomes of all that names them.

    Of those who fit the last go first, so whoever goes when one goes also goes when two go.
    """

    patch = RemoveStaff

    def applied(self, scenario: Scenario, patch: RemoveStaff) -> Scenario:
        """Return the scenario without these people."""
        gone = chosen(scenario, patch.who, last=True)
        return without_people(scenario, frozenset(one.technician_id for one in gone))


KIND = RemoveStaffKind()
