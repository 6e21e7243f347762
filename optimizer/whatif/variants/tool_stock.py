"""More or fewer pieces of a shared tool."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import ToolStock
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.pieces import with_pieces


class ToolStockKind(ChangeKind[ToolStock]):
    """More or fewer pieces of a shared tool."""

    patch = ToolStock

    def applied(self, scenario: Scenario, patch: ToolStock) -> Scenario:
        """Return the scenario in which the branches have so many."""
        names.refuse(names.unknown("shared tool", "tool", patch.tool, names.shared_tools(scenario)))
        return with_pieces(scenario, "shared_tools", patch.tool, branches=patch.branch_ids, more=patch.more)


KIND = ToolStockKind()
