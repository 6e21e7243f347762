"""What all exports read: a plan with everything behind its ids, and whether telephone numbers are written."""

from dataclasses import dataclass
from datetime import datetime

from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.words.language import Language
from optimizer.words.names import PLACE_NAMES
from optimizer.words.plan_book import PlanBook
from optimizer.words.trade_words import job_type_word, trade_word


@dataclass(frozen=True)
class PlanFacts(PlanBook):
    """A plan with everything that is needed to write it down; every id in it is known to the scenario.

    Parameters
    ----------
    phones : whether customers' telephone numbers are written
    """

    phones: bool = False

    def wall_clock(self, at: datetime) -> datetime:
        """Return a moment as the clock on the wall shows it, without an offset; seconds are cut off."""
        return self.local(at).replace(tzinfo=None, second=0, microsecond=0, fold=0)

    def place(self, name: str) -> str:
        """Return a place in words: a branch's name, `home`, or an address."""
        kind, _, rest = name.partition(":")
        match self.place_kind(name):
            case "branch":
                return self.branch_name(rest)
            case "home":
                return PLACE_NAMES["home"][self.language]
            case "elsewhere":
                return self.places[name].address or PLACE_NAMES[kind][self.language]

    def job_type(self, job: Job) -> str:
        """Return how a job's type is called."""
        return job_type_word(job.type, self.language)

    def product(self, job: Job) -> str | None:
        """Return how a job's product is called; none: not given."""
        return None if job.product is None else trade_word(job.product, self.language)


def plan_facts(
    scenario: Scenario, document: PlanDocument, language: Language = "en", *, phones: bool = False
) -> PlanFacts:
    """Return what the exports of a plan read.

    Parameters
    ----------
    scenario : the question
    document : the answer, made for this very scenario
    language : language of headings and names
    phones : whether customers' telephone numbers are written into tables and maps
    """
    return PlanFacts(scenario, document, language, phones=phones)
