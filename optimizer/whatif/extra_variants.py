"""Variants that a study does not name: those that its questions try."""

from collections.abc import Sequence
from itertools import count

from optimizer.domain.study import BASE, Study, Variant
from optimizer.domain.study_patches import Patch

_LONGEST = 180


class ExtraVariants:
    """Makes variants with names that nobody else has in the study; asked in the same order, they are always the same.

    Parameters
    ----------
    study : the study
    """

    def __init__(self, study: Study) -> None:
        self._taken = {BASE, *(one.name for one in study.variants)}

    def variant(self, name: str, changes: Sequence[Patch]) -> Variant:
        """Return a variant with these changes.

        Parameters
        ----------
        name : what it is called if nothing else is called so; what is too long is cut
        changes : made one after another
        """
        wanted = name[:_LONGEST]
        numbered = (f"{wanted} ({number})" for number in count(2))
        while wanted in self._taken:
            wanted = next(numbered)
        self._taken.add(wanted)
        return Variant(name=wanted, changes=tuple(changes))
