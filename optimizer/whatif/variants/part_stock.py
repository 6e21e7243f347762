"""More or fewer pieces of a spare part on the shelves."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import PartStock
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.pieces import with_pieces


class PartStockKind(ChangeKind[PartStock]):
    """More or fewer pieces of a spare part on the shelves."""

    patch = PartStock

    def applied(self, scenario: Scenario, patch: PartStock) -> Scenario:
        """Return the scenario in which the branches have so many."""
        names.refuse(names.unknown("part", "part", patch.part, names.parts(scenario)))
        return with_pieces(scenario, "stock", patch.part, branches=patch.branch_ids, more=patch.more)


KIND = PartStockKind()
