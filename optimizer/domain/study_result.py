"""What a study answers: figures of each variant with their intervals, and how surely variants differ."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.study import Effort, ExactEnough, Measure, OneMoreKind, Target

Figure = Annotated[float, AfterValidator(lambda number: float(f"{number:.10g}"))]
"""A figure with ten digits: as many as every machine finds alike, and more than it has meaning."""

Share = Annotated[Figure, Field(ge=0, le=1)]
"""From 0 to 1."""

MOST_CHAINS_LISTED: Final = 200
"""Values of single chains are listed up to so many; beyond that their spread says enough."""


class Estimate(Record):
    """A figure and where its true value lies, with the study's confidence."""

    mean: Figure
    """The estimate."""
    low: Figure
    """Lower end of its interval, cut to what is possible."""
    high: Figure
    """Upper end of its interval, cut to what is possible."""
    half_width: Annotated[Figure, Field(ge=0)]
    """Half the interval's width, uncut; 0: all chains say the same, so rare events may just not have been seen yet."""
    chains: Annotated[int, Field(ge=2)]
    """Chains it was estimated from."""


class Difference(Record):
    """How much more a variant has than the base, chain by chain under the same chance."""

    estimate: Estimate
    """The variant minus the base."""
    clear: bool
    """Surely not 0, with allowance for how many differences are told (Holm)."""
    better: bool | None
    """Which way it is clear: better or worse than the base; none: not clear."""
    correlation: Annotated[Figure, Field(ge=-1, le=1)] | None
    """Between variant and base; none where one of them does not vary."""
    variance_left: Annotated[Figure, Field(ge=0)] | None
    """Variance of the difference ÷ that with independent chains: at 0.1, a tenth of the chains are enough; none where
    neither varies."""


class Spread(Record):
    """How the chains lie: quantiles of their single values."""

    least: Figure
    """The least."""
    lower_quarter: Figure
    """A quarter of the chains lie below."""
    middle: Figure
    """Half of the chains lie below."""
    upper_quarter: Figure
    """A quarter of the chains lie above."""
    most: Figure
    """The largest."""


class MeasureResult(Record):
    """One measure of one variant."""

    measure: Measure
    """Which measure."""
    value: Estimate | None
    """Its value; none: fewer than two chains had anything to divide by."""
    difference: Difference | None
    """From the base; none: of the base itself, or one of the two has no value."""
    spread: Spread | None
    """How the chains lie; none: no chain has a value."""
    by_chain: tuple[Figure | None, ...]
    """Each chain's value, in order; none: it has nothing to divide by. Empty beyond 200 chains."""


TargetState = Literal["met", "not_met", "not_decided"]
"""The whole interval lies on the right side of the limit, on the wrong one, or across it."""


class TargetResult(Record):
    """Whether a variant reaches a target."""

    target: Target
    """What is to be reached."""
    state: TargetState
    """Met, not met, or not decided: the limit lies in the interval."""


class ClockResult(Record):
    """How the clocks of one rule and label ended under one variant."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks; targets that cost nothing do not count in `on_time`."""
    desk: bool
    """A clock of the desk; these do not count in `on_time` either."""
    ended_a_day: Annotated[Figure, Field(ge=0)]
    """Clocks that ended on a day, on average."""
    kept: Estimate | None
    """Share that was kept; none: it ended in fewer than two chains."""


class QueueingEstimate(Record):
    """What the formulas of queueing say of one branch under one variant, each branch taken for one queue."""

    branch_id: Id
    """The branch."""
    jobs_a_day: Annotated[Figure, Field(ge=0)]
    """Visits that are asked for on a day: simulated demand, by the branch's share of the scenario's jobs."""
    minutes_each: Annotated[Figure, Field(gt=0)]
    """Of a visit, with its share of the driving at this density."""
    driving_min: Annotated[Figure, Field(ge=0)]
    """The driving in it."""
    load: Annotated[Figure, Field(ge=0)]
    """People whom the work keeps busy all day."""
    people: Annotated[Figure, Field(ge=0)]
    """People at work on an average day, the ill left out."""
    within_min: Annotated[Figure, Field(gt=0)]
    """Working minutes a job may wait to be in time."""
    in_time: Share
    """Share of the jobs that is expected to wait no longer than that; 0: the work cannot be done."""
    wanted: Annotated[Figure, Field(gt=0, lt=1)]
    """Share that is wanted."""
    smallest_staff: Count
    """Fewest people with whom the wanted share waits no longer than that."""
    square_root_staff: Count
    """People by the square-root rule, with whom the wanted share does not wait at all."""


class VariantResult(Record):
    """What a study found of one variant."""

    name: Name
    """Which variant; ``base``: the scenario without changes."""
    story: str = ""
    """What is tried and why, in prose."""
    people: Count
    """Technicians."""
    measures: tuple[MeasureResult, ...]
    """All measures, in the order of tables."""
    targets: tuple[TargetResult, ...]
    """The study's targets, in its order."""
    clocks: tuple[ClockResult, ...]
    """Clocks by rule: those of service, then those of the desk."""
    queueing: tuple[QueueingEstimate, ...]
    """By branch; those of which too little is known are left out."""


class Placed(Record):
    """Where a variant stands in a ranking."""

    name: Name
    """The variant."""
    best_place: Annotated[int, Field(ge=1)]
    """From 1: behind all that are surely better."""
    worst_place: Annotated[int, Field(ge=1)]
    """Before all that are surely worse."""


class MeasureRanking(Record):
    """Which variants can be told apart in one measure, all pairs compared together (Holm)."""

    measure: Measure
    """Which measure."""
    best: Literal["highest", "lowest"]
    """Which end is the best."""
    places: tuple[Placed, ...]
    """The base and the variants, the best mean first."""
    groups: tuple[tuple[Name, ...], ...]
    """Largest sets in which no two can be told apart, the best first; a variant may be in several."""


class TriedStaff(Record):
    """A number of people that was tried."""

    more: int
    """People more than in the base; below 0: fewer."""
    people: Count
    """Technicians in all."""
    values: tuple[Estimate | None, ...]
    """The measure of each target of the study, in its order, with allowance for how often it is looked at and for how
    many targets there are; none: it has no value."""
    state: TargetState
    """Of all targets together: met if all are, not met if one is not."""


class SmallestStaffAnswer(Record):
    """The fewest people who meet all targets."""

    tried: tuple[TriedStaff, ...]
    """What was tried, the fewest people first."""
    more: int | None
    """People more than in the base it takes; none: no number that was tried surely meets all targets."""
    confirmed: TriedStaff | None
    """The answer once more, on chains that had no part in the search; none: not looked at."""
    beside: tuple[TriedStaff, ...] = ()
    """Other numbers on those chains, the fewest people first: one person fewer, and all of whom the search said too
    much or too little."""


class OneMoreAnswer(Record):
    """What one more of something is worth."""

    kind: OneMoreKind
    """Of what."""
    what: Name
    """Which one: the skill, certificate, tool or part, or whom the technician is like."""
    branch_id: Id
    """At which branch."""
    worth: Difference
    """Difference from the base, from chains that had no part in the ranking; clear of zero with allowance for how many
    changes are told."""


class ValueOfOneMoreAnswer(Record):
    """What one more of each thing is worth, ranked."""

    measure: Measure
    """What it is worth in."""
    changes: tuple[OneMoreAnswer, ...]
    """The most useful first, as ranked by other chains than its worth is estimated from."""
    ranked_by: Count
    """Chains that the ranking was made of."""
    ranked: Count = 0
    """Changes that were ranked; those with the best means are told."""
    left_out: Count = 0
    """Changes that were not tried, for only so many are ranked; see `optimizer.whatif.candidates`."""


class Ended(Record):
    """Why no more chains were simulated."""

    why: Literal["exact_enough", "most_chains", "broken_off"]
    """The intervals are narrow enough, there are as many chains as there may be, or it was broken off."""
    asked: ExactEnough
    """What was to be known how exactly."""
    widest: Annotated[Figure, Field(ge=0)] | None
    """Half the width of the widest interval of that measure; none: it has no value."""
    chains_needed: Count
    """Chains that are likely needed in all, going by the spread so far; 0: not known."""


class StudyResult(Record):
    """What a study answers."""

    format: Literal["paigong-study-result-1"] = "paigong-study-result-1"
    """Name and version of this format."""
    study: Name
    """The study."""
    story: str = ""
    """What is asked and why, in prose."""
    base: Name
    """The scenario it starts from."""
    seed: Annotated[int, Field(ge=0)]
    """The study's seed: same seed, same samples."""
    first_day: date
    """First simulated day that counts."""
    last_day: date
    """Last one."""
    days: Annotated[int, Field(ge=1)]
    """Simulated days of each chain that count."""
    warm_up_days: Count
    """Simulated days before them that do not count."""
    chains: Annotated[int, Field(ge=2)]
    """Chains of each variant."""
    confidence: Annotated[Figure, Field(gt=0, lt=1)]
    """How often an interval holds the truth."""
    effort: Effort
    """How hard each day was planned."""
    ended: Ended
    """Why no more chains were simulated."""
    variants: Annotated[tuple[VariantResult, ...], Field(min_length=1)]
    """The base first, then the variants in the study's order."""
    rankings: tuple[MeasureRanking, ...]
    """For each measure that all have a value of; empty: there is nothing but the base."""
    smallest_staff: SmallestStaffAnswer | None = None
    """How few people meet all targets; none: not asked, or not answered."""
    value_of_one_more: ValueOfOneMoreAnswer | None = None
    """What one more of something is worth; none: not asked, or not answered."""
    version: Name
    """Version of the program."""
