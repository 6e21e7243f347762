"""Plays a scripted day: what happens, what the dispatcher does about it, and how the day was in the evening."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.control import Iterations
from optimizer.domain.day_script import DayScript, Moment, script_issues
from optimizer.domain.document import PlanDocument
from optimizer.domain.proposal import Proposals
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.operate.choosing import Choice, Chooser, as_a_dispatcher
from optimizer.operate.running_day import RunningDay, Taken
from optimizer.planning import plan_scenario
from optimizer.replan import Closed
from optimizer.travel import Roads


class Turn(NamedTuple):
    """A moment at which the rest of the day was planned again."""

    found: Proposals
    """The ways to go on."""
    choice: Choice
    """The one that was taken, and why."""
    taken: Taken
    """Who is told what."""
    scenario: Scenario
    """The question as it stands after it."""


class Played(NamedTuple):
    """A moment of the day as it was played."""

    moment: Moment
    turn: Turn | None
    """How the day went on; none: it was not planned again."""


class PlayedDay(NamedTuple):
    """A day that was played from the morning's plan to its close."""

    question: Scenario
    """The question of the morning, with what customers were told."""
    morning: PlanDocument
    """The plan that was published."""
    moments: tuple[Played, ...]
    """What happened, and how the day went on."""
    closed: Closed
    """The day as it was, and the question of the next one."""


class ScriptedDay:
    """A day that is played by a script; the same script, seed and iterations give the same day.

    Parameters
    ----------
    scenario : the question of the morning, already validated
    script : what happens
    iterations : of the morning's search; each search for a way to go on takes a tenth of them
    seed : of all searches
    choose : which way is taken
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        The script does not fit the scenario; lists all.
    """

    def __init__(
        self,
        scenario: Scenario,
        script: DayScript,
        *,
        iterations: int,
        seed: int = 0,
        choose: Chooser = as_a_dispatcher,
        roads: Roads | None = None,
    ) -> None:
        if issues := tuple(script_issues(script, scenario.name, scenario.now)):
            raise InvalidInput(issues)
        self.script = script
        self._iterations, self._choose = iterations, choose
        self.morning: PlanDocument = plan_scenario(
            scenario, stop=Iterations(iterations), seed=seed, roads=roads
        )
        """The plan that is published."""
        self._day = RunningDay(
            scenario, self.morning.plan, scenario.now or script.moments[0].at, seed=seed, roads=roads
        )
        self.published = self._day.scenario
        """The question of the morning, with what customers were told."""

    def played(self) -> Iterator[Played]:
        """Yield one moment after the other; to be gone through once.

        Raises
        ------
        InvalidInput
            What happens contradicts the plan that is followed; names the moments of the script.
        """
        stop = Iterations(self._iterations // 10)
        for row, moment in enumerate(self.script.moments):
            self._day.happened(moment.events)
            turn: Turn | None = None
            if moment.replan:
                try:
                    found = self._day.ways_to_go_on(moment.at, stop)
                except InvalidInput as error:
                    raise _at(f"moments[{row}]", error) from None
                choice = self._choose(found)
                taken = self._day.take(found, choice.proposal, moment.at)
                turn = Turn(found, choice, taken, self._day.scenario)
            yield Played(moment, turn)

    def closed(self) -> Closed:
        """Close the day after its last moment; people whose shifts are written day by day work the same ones next.

        Raises
        ------
        InvalidInput
            Somebody is still at work, or has a visit to come.
        """
        now = self.script.close_at
        day = now.astimezone(ZoneInfo(self.published.time_zone)).date()
        try:
            return self._day.close(day, now, same_shifts=True)
        except InvalidInput as error:
            raise _at("close_at", error) from None


def _at(place: str, error: InvalidInput) -> InvalidInput:
    """Return what is wrong with the day at one place of its script."""
    return InvalidInput(
        tuple(Issue(one.code, f"{place}: {one.path}", one.cause, one.action) for one in error.issues)
    )
