"""What a rule is: plain words, a source, parameters, and what it says to the search, the checker and the bill."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Generic, Literal, TypeVar

from optimizer.domain.assessment import BillLine, ClockState, DeskTask, Finding
from optimizer.domain.base import Record
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.rules.draft import Draft, Layout


@dataclass(frozen=True)
class Source:
    """Where a rule is written.

    Parameters
    ----------
    document : the document's number in the collection (000–004), or ``assumption`` for our own
    section : chapter and article
    """

    document: str
    section: str


class Params(Record):
    """Parameters of a rule; every field has a unit in its name and a default."""

    active: bool = True
    """Whether the rule applies."""


P = TypeVar("P", bound=Params)


class Rule(ABC, Generic[P]):
    """One rule of the book. A family member overrides only what it has to say.

    `compile` speaks to the search in the draft's verbs. `check`, `bill` and `clocks` read the business objects alone
    and are written without looking at `compile`.
    """

    code: ClassVar[str]
    """Permanent code, as in the rule book."""
    title: ClassVar[str]
    """The rule in one plain sentence."""
    section: ClassVar[Literal["who", "when", "clock", "price"]]
    """Chapter of the rule book."""
    hard: ClassVar[bool]
    """Hard rules are never broken in a plan; the others are priced."""
    in_plans: ClassVar[bool] = True
    """False: it shows in what really happened only; a plan has nothing of it."""
    source: ClassVar[tuple[Source, ...]]
    """Where it is written."""
    params: type[P]
    """The class of its parameters."""

    def validate(self, scenario: Scenario, params: P) -> Iterator[Issue]:
        """Yield what the rule finds wrong in the scenario itself."""
        return iter(())

    def lay_out(self, scenario: Scenario, params: P, layout: Layout) -> None:
        """Say which visits jobs take and which tools are shared, before any rule says more."""

    @abstractmethod
    def compile(self, scenario: Scenario, params: P, draft: Draft) -> None:
        """Say the rule to the search."""

    def check(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[Finding]:
        """Yield every breach of this hard rule in the plan."""
        return iter(())

    def bill(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[BillLine]:
        """Yield what the plan owes under this soft rule."""
        return iter(())

    def clocks(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[ClockState]:
        """Yield how this rule's clocks stand in the plan."""
        return iter(())

    def tasks(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[DeskTask]:
        """Yield what this rule gives the desk to do, each at its planned time."""
        return iter(())

    def advise(self, finding: Finding) -> str:
        """Return the next best action for a finding of this rule, one sentence; every hard rule has one."""
        return ""
