"""Random problems with tied routes: crews, shared tools, long jobs, chains, standing crews, several days."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from random import Random
from typing import NamedTuple, TypeVar

from optimizer.build import Link, ProblemBuilder
from optimizer.problem import (
    A_TOOL,
    ANOTHER,
    ANY_ORDER,
    ANYONE,
    APART,
    BEFORE,
    SAME,
    SLOT_S,
    UNLIMITED,
    Problem,
)
from tests.oracle.random_problems import DAY_S, random_legs, random_rests
from tests.oracle.random_trips import with_random_trips
from tests.oracle.ties_mix import KINDS, TiesMix, focused_mix, larger_mix, small_mix

__all__ = ["KINDS", "TiesMix", "focused_mix", "larger_mix", "random_ties", "small_mix"]


class Part(NamedTuple):
    """The rows of one part of a job."""

    people: tuple[int, ...]
    tools: tuple[int, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        return (*self.people, *self.tools)


Jobs = list[list[Part]]
T = TypeVar("T")


def random_ties(seed: int, mix: TiesMix | None = None) -> Problem:
    """Return the problem of a seed.

    Parameters
    ----------
    seed : any whole number
    mix : what it is made of; none: `small_mix` of the seed
    """
    return _Draw(seed, mix or small_mix(seed)).problem()


class _Draw:
    """One problem on its way. Every kind of tie has dice of its own, so that leaving one out changes no other."""

    def __init__(self, seed: int, mix: TiesMix) -> None:
        self._seed = seed
        self._mix = mix
        self._jobs, job_of = self._lay_out()
        self._shifts = mix.people * mix.days
        self._tools = 0 if "tools" in mix.without else 2 * mix.tools * mix.days
        rng = self._dice("places")
        sites = self._sites(rng)
        spots = [(rng.random(), rng.random()) for _ in sites]
        spots = [spots[site] for site in sites]
        congested = rng.random() < mix.plain.congestion
        profiles = rng.choice((1, 1, 2))
        made_up = rng.random() < mix.plain.made_up_legs
        legs = [random_legs(rng, spots, congested, made_up) for _ in range(profiles)]
        legs.append(legs[0]._replace(cents=legs[0].cents * 0, hour_cents=0))  # tools are not paid for
        self._builder = ProblemBuilder(
            job_places=[2 + job for job in job_of],
            shift_places=[
                *self._every_days([_ends(rng) for _ in range(self._shifts)]),
                *((0, 0) for _ in range(self._tools)),
            ],
            shift_profiles=[
                *self._every_days([rng.randrange(profiles) for _ in range(self._shifts)]),
                *(profiles for _ in range(self._tools)),
            ],
            legs=legs,
            horizon_s=mix.days * DAY_S,
            sites=sites,
        )
        self._builder.levels = rng.randrange(2)

    def problem(self) -> Problem:
        """Return the whole problem."""
        self._say_shifts()
        self._say_tools()
        self._say_jobs()
        self._say_crews()
        self._say_links()
        self._say_shared()
        problem = self._builder.build()
        if self._mix.trips and self._with("trips"):
            return self._far_away(
                with_random_trips(problem, self._dice("trips"), self._mix.trips, self._mix.sleepers)
            )
        return problem

    def _far_away(self, problem: Problem) -> Problem:
        """Keep some jobs in two parts from days by themselves."""
        rng = self._dice("away")
        forbidden = problem.forbidden.copy()
        for parts in self._jobs:
            if len(parts) > 1 and rng.random() < self._mix.away:
                forbidden[[row for part in parts for row in part.people], : self._shifts] |= 1
        forbidden.flags.writeable = False
        return problem._replace(forbidden=forbidden)

    def _dice(self, what: str) -> Random:
        return Random(f"ties {self._seed} {what}")

    def _with(self, kind: str) -> bool:
        return kind not in self._mix.without

    def _every_days(self, drawn: list[T]) -> list[T]:
        """Return what was drawn for each shift; where there are trips, that of a person's first day for all days."""
        days = self._mix.days
        return [drawn[shift - shift % days] if self._mix.trips else one for shift, one in enumerate(drawn)]

    def _next_day_s(self, day: int) -> int:
        """Return when the working day after a day begins: with trips, the second one is a holiday at times."""
        holiday = self._mix.trips and self._dice("holiday").random() < 0.2
        return (day + 2 if holiday and day == 0 else day + 1) * DAY_S

    def _sites(self, rng: Random) -> list[int]:
        sites = list(range(self._mix.jobs + 2))
        for place in range(2, len(sites)):
            if rng.random() < self._mix.plain.same_site:
                sites[place] = sites[rng.randrange(place)]
        return sites

    def _lay_out(self) -> tuple[Jobs, list[int]]:
        """Return the rows of every job's parts, and the job of every row."""
        mix = self._mix
        rng = self._dice("layout")
        job_of = list(range(mix.jobs))
        found: Jobs = []
        for job in range(mix.jobs):
            seats = rng.choice((2, 2, 3)) if rng.random() < mix.crews else 1
            count = 2 if rng.random() < mix.parts and mix.days > 1 else 1
            lent = rng.random() < mix.lent
            seats = min(seats, mix.people) if self._with("crews") else 1
            parts: list[Part] = []
            for part in range(count if self._with("parts") else 1):
                extra = range(len(job_of), len(job_of) + seats - (part == 0))
                job_of.extend(job for _ in extra)
                things = range(len(job_of), len(job_of) + (lent and self._with("tools")))
                job_of.extend(job for _ in things)
                parts.append(Part((*([job] if part == 0 else []), *extra), tuple(things)))
            found.append(parts)
        return found, job_of

    def _say_shifts(self) -> None:
        """Say people's hours, rests, limits and prices; a person has one shift a day."""
        mix, builder = self._mix, self._builder
        rng = self._dice("shifts")
        late, limited = (rng.random() < chance for chance in (mix.plain.late, mix.plain.limits))
        loads, grouped = (rng.random() < chance for chance in (mix.plain.loads, mix.plain.groups))
        for shift in range(self._shifts):
            start = shift % mix.days * DAY_S + rng.choice((0, 0, 1800, SLOT_S))
            end = start + rng.choice((3, 4, 5)) * SLOT_S
            builder.bound(shift, start, end, end + rng.choice((0, 1800, 7200)))
            builder.rest(shift, random_rests(rng, rng.choice(mix.plain.rests), start, end))
            builder.ties.next_day(shift, self._next_day_s(shift % mix.days))
            builder.price_overtime(shift, rng.choice((0, 1000, 4500)) if late else 0)
            builder.price_use(shift, rng.choice((0, 0, 700)))
            if limited and rng.random() < 0.6:
                builder.limit([shift], jobs=rng.choice((None, 2, 4)), work_s=rng.choice((None, 9000, 16_000)))
                builder.limit([shift], travel_s=rng.choice((None, 1500, 4000)))
            if loads:
                builder.capacity(shift, [rng.randint(2, 6)])
        for job in range(mix.jobs):
            builder.load(job, [rng.choice((0, 0, 1, 2))], [rng.choice((0, 0, 1, 2))])
        for person in range(mix.people):
            mine = range(person * mix.days, (person + 1) * mix.days)
            builder.ties.same_person(mine)
            if grouped and rng.random() < 0.6:
                builder.limit(mine, jobs=rng.choice((None, 2, 3)), work_s=rng.choice((None, 9000, 16_000)))

    def _say_tools(self) -> None:
        """Say when tools are out, whom they go with, and which jobs need which."""
        mix, builder = self._mix, self._builder
        tools = range(self._shifts, self._shifts + self._tools)
        rng = self._dice("tools")
        builder.ties.stand_together(tools, A_TOOL)
        for shift in tools:
            day = (shift - self._shifts) % mix.days
            start, hours = day * DAY_S + rng.choice((0, 1800)), rng.choice((3, 5, 8))
            end = start + hours * SLOT_S if rng.random() < 0.9 else start - 1  # not lent on this day
            builder.bound(shift, start, end, end)
            builder.ties.next_day(shift, self._next_day_s(day))
        half = self._shifts + self._tools // 2
        for parts in self._jobs:
            kind = rng.randrange(2)
            for part in parts:
                builder.forbid("SHARED_TOOL", part.people, tools)
                builder.forbid("SHARED_TOOL", part.tools, range(self._shifts))
                builder.forbid(
                    "SHARED_TOOL", part.tools, [row for row in tools if (row < half) == bool(kind)]
                )

    def _say_jobs(self) -> None:
        """Say how long jobs take, when, who can, and what they are worth."""
        mix, builder = self._mix, self._builder
        setup, late, several = (
            self._dice("habits " + word).random() < chance
            for word, chance in (
                ("setup", mix.plain.setup),
                ("late", mix.plain.late),
                ("windows", mix.plain.several_windows),
            )
        )
        everybody = range(self._shifts)
        for job, parts in enumerate(self._jobs):
            rng = self._dice(f"job {job}")
            service_s = round(mix.plain.load * rng.choice((300, 1200, 2400, 4800)))
            setup_s = rng.choice((0, 120, 600)) if setup else 0
            slower = rng.choice(everybody), round(service_s * rng.choice((1, 1.3)))
            handover_s = rng.choice((0, 300, 900))
            windows = self._windows(rng, rng.choice((1, 2, 3)) if several else 1)
            weight, cents = rng.choice((1, 1, 3, 20)), rng.choice((500, 5000, 9000, 30_000))
            builder.price_unserved(job, weight, cents)
            narrow = rng.random() < 0.4
            for number, part in enumerate(parts):
                alone = len(part.rows) == 1
                builder.serve(part.people, everybody, service_s, setup_s if alone else 0)
                if alone:
                    shifts = self._days_of(slower[0] // mix.days) if mix.trips else [slower[0]]
                    builder.serve(part.people, shifts, slower[1], 0)
                builder.serve(
                    part.tools, range(self._shifts, self._shifts + self._tools), service_s + handover_s, 0
                )
                for row in part.rows if narrow and number == 0 else ():
                    builder.narrow(row, windows)
                for row in part.people:
                    unable = self._dice(f"row {job} {number} {part.people.index(row)}")
                    builder.forbid("SKILL", [row], [s for s in everybody if unable.random() < 0.1])
            if late and rng.random() < 0.7:
                on_end = rng.random() < 0.5
                after, cents = rng.randrange(-DAY_S // 2, mix.days * DAY_S), rng.choice((0, 100, 3000))
                lead = parts[-1 if on_end else 0].people[0]
                builder.price_lateness(lead, after, cents, rng.choice((0, 500, 3600)), on_end)

    def _windows(self, rng: Random, count: int) -> list[tuple[int, int]]:
        found = []
        for _ in range(count):
            opens = rng.randrange(self._mix.days) * DAY_S + rng.randrange(4 * SLOT_S)
            found.append((opens, opens + rng.choice((0, 900, 3600, 9000))))
        return found

    def _say_crews(self) -> None:
        """Say who starts together, what they need together, who stands together, and the parts of long jobs."""
        mix, ties = self._mix, self._builder.ties
        for job, parts in enumerate(self._jobs):
            rng = self._dice(f"crew {job}")
            ties.parts([part.people[0] for part in parts])
            needs = rng.choice((1, 1, 2)) if rng.random() < mix.covers else 0
            able = [
                rng.sample(range(mix.people), rng.randint(1, max(1, mix.people // 2))) for _ in range(needs)
            ]
            scarce = bool(mix.scarce) and rng.random() < mix.scarce
            able = [people[:1] if scarce else people for people in able]
            for part in parts:
                ties.crew(part.people[0], part.rows[1:])
                for people in able if len(part.people) > 1 and self._with("covers") else ():
                    ties.cover(part.people[0], [row for one in people for row in self._days_of(one)])
            for part, following in pairwise(parts):
                ties.link(Link(part.people[0], following.people[0], BEFORE, next_day=True))
                for seat, again in (
                    zip(part.people, following.people, strict=True) if self._with("same") else ()
                ):
                    ties.link(Link(seat, again, who=SAME))
        rng = self._dice("standing")
        if rng.random() < mix.standing and self._with("standing crews"):
            someone = rng.sample(range(mix.people), mix.people)
            for crew in range(max(1, mix.people // 3)):
                for one in someone[2 * crew : 2 * crew + rng.choice((1, 2, 2))]:
                    ties.stand_together(self._days_of(one), crew)

    def _days_of(self, person: int) -> range:
        return range(person * self._mix.days, (person + 1) * self._mix.days)

    def _say_links(self) -> None:
        """Tie pairs of jobs: in order with gaps, apart, by the same or by another person."""
        mix = self._mix
        for number in range(round(mix.links * mix.jobs)):
            rng = self._dice(f"link {number}")
            rows = sorted(rng.sample(range(mix.jobs), 2))  # rising, so that no chain bites its tail
            kind = rng.choice(mix.link_kinds)
            who = rng.choice((SAME, ANOTHER))
            if mix.three and kind != "order" and rng.random() < mix.three:
                rows = sorted(rng.sample(range(mix.jobs), 3))
            for first, second in combinations(rows, 2):
                for link in self._links(rng, kind, who, self._jobs[first], self._jobs[second]):
                    self._builder.ties.link(link)

    def _links(
        self, rng: Random, kind: str, who: int, first: list[Part], second: list[Part]
    ) -> Iterator[Link]:
        who = who if self._with("same" if who == SAME else "another") else ANYONE
        starts = [(one.people[0], other.people[0]) for one in first for other in second]
        if kind == "apart" and self._with("apart"):
            yield from (Link(one, other, APART) for one, other in starts)
        if kind == "who" and who != ANYONE:
            yield Link(*starts[0], ANY_ORDER, who=who)
        if kind == "order":
            on_end, next_day = rng.random() < 0.7, rng.random() < self._mix.next_day and self._mix.days > 1
            least = rng.choice(self._mix.gaps_s)
            most = (
                UNLIMITED
                if next_day or rng.random() < self._mix.loose
                else least + rng.choice((0, 900, 3600))
            )
            if rng.random() < 0.6:
                who = ANYONE
            link = Link(
                first[-1 if on_end else 0].people[0], second[0].people[0], BEFORE, on_end=on_end, who=who
            )
            link = link._replace(next_day=next_day and self._with("next day"))
            link = link._replace(least_s=least if self._with("least gaps") else 0)
            link = link._replace(most_s=most if self._with("most gaps") else UNLIMITED)
            if self._with("order"):
                yield link
            elif who != ANYONE:
                yield Link(link.first, link.second, ANY_ORDER, who=who)

    def _say_shared(self) -> None:
        """Say prices of who serves what and how much, and spare parts."""
        mix, builder = self._mix, self._builder
        rng = self._dice("shared")
        people = range(self._shifts)
        if rng.random() < mix.plain.shared:
            for _ in range(mix.jobs):
                cents = rng.choice((30, 700, 5000))
                builder.meters.price_assignment([rng.randrange(mix.jobs)], [rng.choice(people)], cents)
            builder.meters.charge(rng.choice((0, 444)))
        if rng.random() < mix.plain.shared:
            for _ in range(rng.randint(1, 2)):
                rows = self._days_of(rng.randrange(mix.people))
                chosen = rng.sample(range(mix.jobs), rng.randint(1, mix.jobs))
                counted = (
                    None
                    if rng.random() < 0.5
                    else [row for job in chosen for row in self._jobs[job][0].people]
                )
                unit = SLOT_S // 4 if counted is None else 1
                steps = [(unit * rng.randint(-1, 3), rng.choice((0, 400, 3000)), rng.choice((0, 50, 1500)))]
                builder.meters.price_load(rows, counted, unit * rng.randint(-2, 2), steps)
        if rng.random() < mix.plain.shared:
            for job in range(mix.jobs):
                builder.supplies.consume(job, {rng.randrange(2): rng.randint(0, 2)})
            for person in range(mix.people):
                builder.supplies.carry(self._days_of(person), {0: rng.randint(0, 2), 1: rng.randint(0, 3)})
            builder.supplies.stock(0, {0: rng.randint(0, 3), 1: rng.randint(0, 3)})
            builder.supplies.restock([shift for shift in people if rng.random() < 0.6], 0)


def _ends(rng: Random) -> tuple[int, int]:
    return rng.choice((-1, 0, 0, 0, 1)), rng.choice((-1, 0, 0, 0, 1))
