"""Engine `exact`: the whole question as a CP-SAT model, with a proof."""

from optimizer.engines.exact.engine import Exact

__all__ = ["Exact"]
