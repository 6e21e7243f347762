"""The timing rule the long way: every placement of every rest is tried, each as early as it can be.

A twin of the scheduler's kernels, written from the rule alone. A rest is taken before leaving a place or on
arriving at the next, also at the end place. Of all timings that keep the limits the cheapest counts, then the
one that is back earliest. The first drive leaves as late as changes nothing.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import SLOT_S, Problem

Spans = list[tuple[int, int]]
LONG_AGO = -(10**8)
"""Earlier than anything that can matter, in seconds."""


class Timing(NamedTuple):
    """One way to time a route: whole seconds and cents, one entry a leg, a job or a rest."""

    cents: int = 0
    """Drives, lateness, overtime and nights."""
    driven_s: int = 0
    on_site_s: int = 0
    leave: tuple[int, ...] = ()
    arrive: tuple[int, ...] = ()
    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    rest_begin: tuple[int, ...] = ()

    @property
    def on_board(self) -> bool:
        """Whether a night is spent on the way."""
        return any(
            leave <= begin < arrive
            for begin in self.rest_begin
            for leave, arrive in zip(self.leave, self.arrive, strict=True)
        )


class Step(NamedTuple):
    """Getting from one place to the next with some rests on either side of the drive."""

    leave: int
    arrive: int
    ready: int
    """Arrived and rested."""
    before: tuple[int, ...]
    """Begins of the rests taken before leaving."""
    after: tuple[int, ...]
    """Begins of those taken on arrival."""
    nights: int
    """Cents for nights away among them."""
    during: tuple[int, ...] = ()
    """Begin of the night spent on board, if it is."""

    @property
    def rests(self) -> tuple[int, ...]:
        """Begins of all its rests in order."""
        return self.before + self.during + self.after


class Twin:
    """A problem in plain lists and the timing rule on it."""

    def __init__(self, problem: Problem) -> None:
        p = problem
        jobs, shifts = range(len(p.place)), range(len(p.profile))
        self.travel: list[list[list[list[int]]]] = p.travel.tolist()
        self.hour_cents: list[int] = p.hour_cents.tolist()
        self.band: list[list[list[int]]] = p.band.tolist()
        self.pace: list[list[list[int]]] = p.pace.tolist()
        self.congested = p.pace.size > 0
        self.site: list[int] = p.site.tolist()
        self.place: list[int] = p.place.tolist()
        self.profile: list[int] = p.profile.tolist()
        self.start_place: list[int] = p.start_place.tolist()
        self.end_place: list[int] = p.end_place.tolist()
        self.start_s: list[int] = p.start_s.tolist()
        self.regular_end_s: list[int] = p.regular_end_s.tolist()
        self.latest_end_s: list[int] = p.latest_end_s.tolist()
        self.overtime_hour_cents: list[int] = p.overtime_hour_cents.tolist()
        self.use_cents: list[int] = p.use_cents.tolist()
        self.max_jobs: list[int] = p.max_jobs.tolist()
        self.shelf: list[int] = p.shelf.tolist()
        self.max_work_s: list[int] = p.max_work_s.tolist()
        self.max_travel_s: list[int] = p.max_travel_s.tolist()
        self.rest_s: list[int] = p.rest_s.tolist()
        self.night = set(np.flatnonzero(p.night).tolist())
        self.night_cents: list[int] = p.night_cents.tolist()
        self.transit_cents = int(p.transit_cents[0])
        self.sleepers = {
            (int(profile), int(a), int(b)) for profile, a, b in zip(*p.sleeper.nonzero(), strict=True)
        }
        self.service_s = [[int(p.service_s[j, p.service_class[s]]) for s in shifts] for j in jobs]
        self.setup_s = [[int(p.setup_s[j, p.service_class[s]]) for s in shifts] for j in jobs]
        self.windows = [_rows(p.window_ptr, j, p.window_open, p.window_close) for j in jobs]
        self.rests = [list(range(p.rest_ptr[s], p.rest_ptr[s + 1])) for s in shifts]
        self.rest_windows = [
            _rows(p.rest_window_ptr, rest, p.rest_open, p.rest_close) for rest in range(len(p.rest_s))
        ]
        steps: list[tuple[int, int, int, bool]] = list(
            zip(
                p.late_after.tolist(),
                p.late_cents.tolist(),
                p.late_hour_cents.tolist(),
                p.late_on_end.tolist(),
                strict=True,
            )
        )
        self.late = [steps[p.late_ptr[j] : p.late_ptr[j + 1]] for j in jobs]
        self.arrival = cache(self._arrival)
        self.latest_leave = cache(self._latest_leave)

    def _arrival(self, profile: int, a: int, b: int, leave: int) -> int:
        """Return when a drive arrives, hour by hour."""
        base = self.travel[profile][a][b][0]
        if not self.congested:
            return leave + base
        rates = self.pace[profile][self.band[profile][a][b]]
        needed, now = 100 * base, leave
        while needed > 0:
            hour = now // SLOT_S
            rate = rates[min(max(hour, 0), len(rates) - 1)]
            room = (hour + 1) * SLOT_S - now
            if rate * room >= needed:
                return now - (-needed // rate)
            needed -= rate * room
            now += room
        return now

    def _latest_leave(self, profile: int, a: int, b: int, at: int) -> int:
        """Return the latest leaving that arrives not after `at`, by halving."""
        late, early = at + 1, at - 1
        while self.arrival(profile, a, b, early) > at:
            early -= at - early + SLOT_S
        while late - early > 1:
            middle = (late + early) // 2
            if self.arrival(profile, a, b, middle) <= at:
                early = middle
            else:
                late = middle
        return early

    def lateness(self, job: int, start: int, end: int) -> int:
        """Return the cents owed for a service from `start` to `end`."""
        owed = 0
        for after, cents, hour_cents, on_end in self.late[job]:
            over = (end if on_end else start) - after
            if over > 0:
                owed += cents + (over * hour_cents + 1800) // 3600
        return owed

    def leg_cents(self, profile: int, a: int, b: int, driven: int) -> int:
        """Return the price of a leg driven in so many seconds."""
        by_hour = (driven * self.hour_cents[profile] + 1800) // 3600 if self.congested else 0
        return self.travel[profile][a][b][1] + by_hour

    def overtime(self, shift: int, arrival: int) -> int:
        """Return the cents owed for being back then."""
        over = max(0, arrival - self.regular_end_s[shift])
        return (over * self.overtime_hour_cents[shift] + 1800) // 3600

    def stay(self, job: int, shift: int, from_place: int) -> int:
        """Return the seconds on site, set-up included where it is due."""
        same = self.site[from_place] == self.site[self.place[job]]
        return self.service_s[job][shift] + (0 if same else self.setup_s[job][shift])

    def places(self, shift: int, jobs: Sequence[int]) -> list[int]:
        """Return the start place, the jobs' places and the end place."""
        return [self.start_place[shift], *(self.place[job] for job in jobs), self.end_place[shift]]

    def steps(self, shift: int, here: int, there: int, at: int, taken: int) -> Iterator[Step]:
        """Yield every way from a place that is free to leave at `at`, with so many rests taken before."""
        owed = self.rests[shift][taken:]
        for before in range(len(owed) + 1):
            first = self._rested(owed[:before], at)
            if first is None:
                return
            leave = first[-1] + self.rest_s[owed[before - 1]] if before else at
            arrive = self.arrival(self.profile[shift], here, there, leave)
            nights = self.nights(shift, owed[:before], here)
            step = Step(leave, arrive, arrive, first, (), nights)
            yield from self._resting(shift, there, owed[before:], step)
            if owed[before:] and self.can_ride(shift, owed[before], here, there):
                asleep = self._rested(owed[before : before + 1], leave)
                if asleep is not None:
                    morning = asleep[0] + self.rest_s[owed[before]]
                    nights += self.transit_cents
                    step = Step(asleep[0], morning, morning, first, (), nights, asleep)
                    yield from self._resting(shift, there, owed[before + 1 :], step)

    def _resting(self, shift: int, there: int, owed: Sequence[int], step: Step) -> Iterator[Step]:
        """Yield a step with any number of the rests that are owed taken on arrival."""
        for after in range(len(owed) + 1):
            then = self._rested(owed[:after], step.arrive)
            if then is None:
                return
            ready = then[-1] + self.rest_s[owed[after - 1]] if then else step.arrive
            nights = step.nights + self.nights(shift, owed[:after], there)
            yield step._replace(ready=ready, after=then, nights=nights)

    def drive_s(self, shift: int, here: int, there: int, step: Step) -> int:
        """Return how long a drive is paid for: of a night on board the base time."""
        return self.travel[self.profile[shift]][here][there][0] if step.during else step.arrive - step.leave

    def can_ride(self, shift: int, rest: int, here: int, there: int) -> bool:
        """Tell whether a way can be ridden during a rest."""
        profile = self.profile[shift]
        asleep = rest in self.night and (profile, here, there) in self.sleepers
        return asleep and self.travel[profile][here][there][0] <= self.rest_s[rest]

    def nights(self, shift: int, rests: Sequence[int], place: int) -> int:
        """Return what the nights among these rests cost at a place; at home they are free."""
        if place in (self.start_place[shift], self.end_place[shift]):
            return 0
        return sum(self.night_cents[place] for rest in rests if rest in self.night)

    def _rested(self, rests: Sequence[int], at: int) -> tuple[int, ...] | None:
        """Return the earliest begins of these rests from `at` on, None where one comes too late."""
        begins = []
        for rest in rests:
            begin = first_in(self.rest_windows[rest], at)
            if begin is None:
                return None
            begins.append(begin)
            at = begin + self.rest_s[rest]
        return tuple(begins)

    def timings(self, shift: int, jobs: Sequence[int]) -> Iterator[Timing]:
        """Yield every timing of a route that keeps windows, rests and the shift's latest end."""
        return self._go_on(shift, jobs, Timing(), self.start_s[shift])

    def _go_on(self, shift: int, jobs: Sequence[int], done: Timing, at: int) -> Iterator[Timing]:
        leg = len(done.arrive)
        places = self.places(shift, jobs)
        here, there = places[leg], places[leg + 1]
        for step in self.steps(shift, here, there, at, len(done.rest_begin)):
            rest_begin = done.rest_begin + step.rests
            if leg < len(jobs):
                start = first_in(self.windows[jobs[leg]], step.ready)
                if start is None:
                    continue
                stay = self.stay(jobs[leg], shift, here)
                reached = self._drive(done, shift, here, there, step, event=(*step.after, start)[0])
                yield from self._go_on(
                    shift,
                    jobs,
                    reached._replace(
                        cents=reached.cents + self.lateness(jobs[leg], start, start + stay),
                        on_site_s=reached.on_site_s + stay,
                        start=(*reached.start, start),
                        end=(*reached.end, start + stay),
                        rest_begin=rest_begin,
                    ),
                    start + stay,
                )
            elif len(rest_begin) == len(self.rests[shift]) and step.ready <= self.latest_end_s[shift]:
                home = self._drive(done, shift, here, there, step, event=step.arrive)
                cents = home.cents + self.overtime(shift, step.arrive)
                yield home._replace(cents=cents, rest_begin=rest_begin)

    def _drive(self, done: Timing, shift: int, here: int, there: int, step: Step, event: int) -> Timing:
        """Return the timing with one more drive; the first is put off until it just reaches `event`."""
        leave, arrive = step.leave, step.arrive
        profile = self.profile[shift]
        if step.during:
            base_s = self.travel[profile][here][there][0]
            return done._replace(
                cents=done.cents + step.nights + self.leg_cents(profile, here, there, base_s),
                leave=(*done.leave, leave),
                arrive=(*done.arrive, arrive),
            )
        if not done.arrive:
            leave = self.latest_leave(profile, here, there, event)
            arrive = self.arrival(profile, here, there, leave)
        return done._replace(
            cents=done.cents + step.nights + self.leg_cents(profile, here, there, arrive - leave),
            driven_s=done.driven_s + arrive - leave,
            leave=(*done.leave, leave),
            arrive=(*done.arrive, arrive),
        )

    def best(self, shift: int, jobs: Sequence[int]) -> list[Timing]:
        """Return the timings of a route that may be chosen: within the limits, cheapest, then back earliest."""
        if sum(self.shelf[job] < 0 for job in jobs) > self.max_jobs[shift]:
            return []
        kept = [
            timing
            for timing in self.timings(shift, jobs)
            if timing.driven_s <= self.max_travel_s[shift]
            and timing.driven_s + timing.on_site_s <= self.max_work_s[shift]
        ]
        least = min(((timing.cents, timing.arrive[-1]) for timing in kept), default=None)
        return [timing for timing in kept if (timing.cents, timing.arrive[-1]) == least]


def naive_route(problem: Problem, shift: int, jobs: Sequence[int]) -> Timing | None:
    """Return a best timing of a route, None where there is none."""
    found = Twin(problem).best(shift, jobs)
    return found[0] if found else None


def first_in(spans: Spans, at: int) -> int | None:
    """Return the earliest moment of any span not before `at`."""
    return min((max(at, opens) for opens, closes in spans if max(at, opens) <= closes), default=None)


def last_in(spans: Spans, at: int) -> int | None:
    """Return the latest moment of any span not after `at`."""
    return max((min(at, closes) for opens, closes in spans if opens <= min(at, closes)), default=None)


def _rows(
    pointers: NDArray[np.int32], row: int, opens: NDArray[np.int32], closes: NDArray[np.int32]
) -> Spans:
    return [(int(opens[i]), int(closes[i])) for i in range(pointers[row], pointers[row + 1])]
