"""Compiles a scenario: every active rule says its verbs, the builder turns them into arrays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.domain.roster import RosterShift, ShiftKey, end_place, place_book, roster, start_place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.time import Timeline
from optimizer.problem import SLOT_S, Names, Problem
from optimizer.rules.book import RuleBook
from optimizer.rules.draft import LateStep, LoadStep, RestSpan
from optimizer.travel import travel_table
from optimizer.travel.base import LegMatrix, TravelTable

RestKind = Literal["break", "absence"]


class Compiled(NamedTuple):
    """A problem and what its rows mean."""

    scenario: Scenario
    """The question."""
    problem: Problem
    """The arrays."""
    names: Names
    """What the rows are called."""
    shifts: tuple[RosterShift, ...]
    """The shift behind each shift row."""
    timeline: Timeline
    """Turns seconds into moments."""
    travel: TravelTable
    """The travel data."""
    rest_kinds: tuple[RestKind, ...]
    """What each rest row is."""


def compile_scenario(scenario: Scenario, travel: TravelTable | None = None) -> Compiled:
    """Compile a valid scenario.

    Parameters
    ----------
    scenario : the question, already validated
    travel : its travel data, made by `travel_table`; none: made here, without roads

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    book = RuleBook.of(scenario.policy)
    draft = ScenarioDraft(scenario, travel)
    for rule in book.active():
        draft.code = rule.code
        rule.compile(scenario, book.params(rule), draft)
    return draft.compiled(service_first=book.levels == ("weight", "cents"))


class ScenarioDraft:
    """The draft's verbs for a scenario: ids and moments in, rows and seconds out."""

    def __init__(self, scenario: Scenario, travel: TravelTable | None = None) -> None:
        self.code = ""
        self._scenario = scenario
        self._shifts = roster(scenario)
        self._timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        self._table = travel_table(scenario) if travel is None else travel
        self._rest_kinds: dict[int, list[RestKind]] = {}
        self._prices: dict[Means, tuple[int, int]] = {}
        self._part_row: dict[str, int] = {}
        self._counted: dict[frozenset[str], frozenset[int]] = {}
        self._branch_row = {branch.branch_id: row for row, branch in enumerate(scenario.branches)}
        self._job_row = {job.job_id: row for row, job in enumerate(scenario.jobs)}
        self._shift_row = {one.key: row for row, one in enumerate(self._shifts)}
        place_row = {name: row for row, name in enumerate(self._table.places)}
        self._means = tuple(self._table.legs)
        horizon = self._timeline.end_of(scenario.horizon.dates()[-1])
        self._builder = ProblemBuilder(
            job_places=[place_row[f"job:{job.job_id}"] for job in scenario.jobs],
            shift_places=[
                (
                    place_row[start_place(one.technician, one.shift)],
                    place_row[end_place(one.technician, one.shift)],
                )
                for one in self._shifts
            ],
            shift_profiles=[self._means.index(one.technician.means) for one in self._shifts],
            legs=(),
            horizon_s=horizon,
            sites=_sites(scenario, self._table.places),
        )

    @property
    def shifts(self) -> Sequence[RosterShift]:
        """All shifts of the horizon."""
        return self._shifts

    def forbid(self, jobs: Iterable[str], shifts: Iterable[ShiftKey]) -> None:
        """See `Draft.forbid`."""
        self._builder.forbid(self.code, self._job_rows(jobs), self._shift_rows(shifts))

    def serve(
        self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, service_s: int, setup_s: int = 0
    ) -> None:
        """See `Draft.serve`."""
        self._builder.serve(self._job_rows(jobs), self._shift_rows(shifts), service_s, setup_s)

    def narrow(self, job: str, windows: Sequence[tuple[datetime, datetime]]) -> None:
        """See `Draft.narrow`."""
        seconds = self._timeline.seconds
        self._builder.narrow(self._job_row[job], [(seconds(start), seconds(end)) for start, end in windows])

    def bound(self, shift: ShiftKey, *, start: datetime, end: datetime, latest_end: datetime) -> None:
        """See `Draft.bound`."""
        seconds = self._timeline.seconds
        self._builder.bound(self._shift_row[shift], seconds(start), seconds(end), seconds(latest_end))

    def require_break(self, shift: ShiftKey, rests: Sequence[RestSpan]) -> None:
        """See `Draft.require_break`."""
        seconds = self._timeline.seconds
        self._rest_kinds[self._shift_row[shift]] = [rest.kind for rest in rests]
        self._builder.rest(
            self._shift_row[shift],
            [(rest.seconds, ((seconds(rest.opens), seconds(rest.closes)),)) for rest in rests],
        )

    def limit(
        self, shifts: Sequence[ShiftKey], *, jobs: int | None = None, work_s: int | None = None
    ) -> None:
        """See `Draft.limit`."""
        self._builder.limit(self._shift_rows(shifts), jobs=jobs, work_s=work_s)

    def fix(self, job: str, shifts: Iterable[ShiftKey]) -> None:
        """See `Draft.fix`."""
        allowed = set(self._shift_rows(shifts))
        others = [row for row in range(len(self._shifts)) if row not in allowed]
        self._builder.forbid(self.code, [self._job_row[job]], others)

    def price_unserved(self, job: str, *, weight: int, cents: int) -> None:
        """See `Draft.price_unserved`."""
        self._builder.price_unserved(self._job_row[job], weight, cents)

    def price_lateness(self, job: str, event: Literal["start", "end"], steps: Sequence[LateStep]) -> None:
        """See `Draft.price_lateness`."""
        for step in steps:
            after = self._timeline.seconds(step.after)
            self._builder.price_lateness(
                self._job_row[job], after, step.cents, step.cents_per_hour, event == "end"
            )

    def price_travel(self, means: Means, *, cents_per_km: int, cents_per_hour: int) -> None:
        """See `Draft.price_travel`."""
        km, hour = self._prices.get(means, (0, 0))
        self._prices[means] = (km + cents_per_km, hour + cents_per_hour)

    def price_overtime(self, shift: ShiftKey, *, cents_per_hour: int) -> None:
        """See `Draft.price_overtime`."""
        self._builder.price_overtime(self._shift_row[shift], cents_per_hour)

    def price_assignment(self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, cents: int) -> None:
        """See `Draft.price_assignment`."""
        self._builder.meters.price_assignment(self._job_rows(jobs), self._shift_rows(shifts), cents)

    def price_load(
        self,
        shifts: Sequence[ShiftKey],
        *,
        jobs: Iterable[str] | None,
        before: int,
        steps: Sequence[LoadStep],
    ) -> None:
        """See `Draft.price_load`."""
        counted = None if jobs is None else self._counted_rows(frozenset(jobs))
        self._builder.meters.price_load(self._shift_rows(shifts), counted, before, steps)

    def charge(self, cents: int) -> None:
        """See `Draft.charge`."""
        self._builder.meters.charge(cents)

    def consume(self, job: str, parts: Mapping[str, int]) -> None:
        """See `Draft.consume`."""
        self._builder.supplies.consume(self._job_row[job], self._pieces(parts))

    def carry(self, shifts: Sequence[ShiftKey], parts: Mapping[str, int]) -> None:
        """See `Draft.carry`."""
        self._builder.supplies.carry(self._shift_rows(shifts), self._pieces(parts))

    def stock(self, branch: str, parts: Mapping[str, int]) -> None:
        """See `Draft.stock`."""
        self._builder.supplies.stock(self._branch_row[branch], self._pieces(parts))

    def restock(self, shifts: Iterable[ShiftKey], branch: str) -> None:
        """See `Draft.restock`."""
        self._builder.supplies.restock(self._shift_rows(shifts), self._branch_row[branch])

    def compiled(self, *, service_first: bool) -> Compiled:
        """Return the arrays and what their rows mean."""
        congested = any(matrix.band.size for matrix in self._table.legs.values())
        self._builder.legs = tuple(self._profile(means, congested) for means in self._means)
        self._builder.levels = int(service_first)
        return Compiled(
            scenario=self._scenario,
            problem=self._builder.build(),
            names=Names(
                jobs=tuple(self._job_row),
                shifts=tuple(str(one.key) for one in self._shifts),
                places=(*self._table.places, "nowhere"),
                codes=tuple(self._builder.codes),
                parts=tuple(self._part_row),
                branches=tuple(self._branch_row),
            ),
            shifts=self._shifts,
            timeline=self._timeline,
            travel=self._table,
            rest_kinds=tuple(kind for row in sorted(self._rest_kinds) for kind in self._rest_kinds[row]),
        )

    def _profile(self, means: Means, congested: bool) -> ProfileLegs:
        matrix = self._table.legs[means]
        per_km, per_hour = self._prices.get(means, (0, 0))
        cents = (matrix.metres.astype(np.int64) * per_km + 500) // 1000
        if congested:
            return ProfileLegs(matrix.base_s, cents.astype(np.int32), per_hour, *self._pace(matrix))
        cents += (matrix.base_s.astype(np.int64) * per_hour + 1800) // 3600
        return ProfileLegs(matrix.base_s, cents.astype(np.int32))

    def _pace(self, matrix: LegMatrix) -> tuple[np.ndarray, np.ndarray]:
        slots = -(-self._builder.horizon_s // SLOT_S) + 24
        hours = [self._timeline.moment(slot * SLOT_S).hour for slot in range(slots)]
        if not matrix.band.size:
            return np.zeros(matrix.base_s.shape, np.uint8), np.full((1, slots), 100, np.int64)
        return matrix.band, matrix.hour_percent[:, hours].astype(np.int64)

    def _pieces(self, parts: Mapping[str, int]) -> dict[int, int]:
        return {self._part_row.setdefault(part, len(self._part_row)): count for part, count in parts.items()}

    def _job_rows(self, jobs: Iterable[str]) -> list[int]:
        return [self._job_row[job] for job in jobs]

    def _counted_rows(self, jobs: frozenset[str]) -> frozenset[int]:
        # The same jobs are counted for thousands of shifts: a set that was frozen once is found by its hash.
        if jobs not in self._counted:
            self._counted[jobs] = frozenset(self._job_rows(jobs))
        return self._counted[jobs]

    def _shift_rows(self, shifts: Iterable[ShiftKey]) -> list[int]:
        return [self._shift_row[shift] for shift in shifts]


def _sites(scenario: Scenario, places: tuple[str, ...]) -> list[int]:
    """Return a number for each place, equal where the coordinates are."""
    book = place_book(scenario)
    numbers: dict[tuple[float, float], int] = {}
    return [numbers.setdefault((book[name].lat, book[name].lon), len(numbers)) for name in places]
