"""What a kind of change is: a record of a study, and what it makes of a scenario."""

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, TypeVar

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario

P = TypeVar("P", bound=Record)


class ChangeKind(ABC, Generic[P]):
    """One kind of change."""

    patch: type[P]
    """The record that stands in a study."""
    of_demand: ClassVar[bool] = False
    """The change is one of the demand: the scenario stays as it is, and the demand model takes it up."""

    @abstractmethod
    def applied(self, scenario: Scenario, patch: P) -> Scenario:
        """Return the changed scenario; the one that is given stays as it is.

        Parameters
        ----------
        scenario : a valid scenario
        patch : the change

        Raises
        ------
        InvalidInput
            The change names something the scenario does not have, or takes away what is not there; lists all, each
            with its place in the change, e.g. ``who.branch_ids[0]``.
        """
