"""When a new job could be done: appointment windows with who would come, what it adds, and a checked proof of each."""

from optimizer.offers.offerer import Offerer
from optimizer.offers.slots import slots_of
from optimizer.offers.taken import Taken

__all__ = ["Offerer", "Taken", "slots_of"]
