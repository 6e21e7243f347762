"""REPORT: each repair is reported at once with the next destination; an installation with photos, place and bar
code.

Unfinished work is reported before the day ends. A report is something that happens on the day: a plan has none,
so this rule says nothing to the search, has no clock in a plan and costs nothing there. Its parameters say what
a report must have; what really happened is held against them.
"""

from optimizer.domain.base import Name
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft


class ReportParams(Params):
    """Parameters of `REPORT`."""

    repair_report: tuple[Name, ...] = ("next destination",)
    """What the report on a finished repair says."""
    installation_report: tuple[Name, ...] = ("photos", "location", "bar code")
    """What the report on a finished installation has with it."""
    unfinished_same_day: bool = True
    """Unfinished work is reported before the day ends."""


class Report(Rule[ReportParams]):
    """Work is reported at once."""

    code = "REPORT"
    title = "Work is reported at once and completely; this shows in what really happened, not in a plan."
    section = "clock"
    hard = False
    in_plans = False
    source = (Source("004", "第8篇 ch. 2 art. 11–12"), Source("004", "第8篇 ch. 3 art. 9"))
    params = ReportParams

    def compile(self, scenario: Scenario, params: ReportParams, draft: Draft) -> None:
        """Say nothing: reports happen after a plan."""


RULE = Report()
