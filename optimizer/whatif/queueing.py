"""How many people it takes by the formulas of queueing, as a second opinion beside the simulation.

The department is seen as one queue: jobs come at random, any free technician takes the one that has waited longest, and
time is working time. It knows no skills, no appointments and no evenings; where these matter the simulation needs more
people than this does. An estimate well above the simulation, though, says that one of the two is wrong.

All times may be in any unit, the same throughout; a wait is up to the start of the journey to the job.

References
----------
L. Kleinrock (1975), "Queueing Systems", vol. 1, Wiley, §3.5: M/M/m, Erlang's formulas.
R. B. Cooper (1981), "Introduction to Queueing Theory", 2nd ed., North Holland, chapter 3: recursion, waiting time.
S. Halfin, W. Whitt (1981), "Heavy-traffic limits for queues with many exponential servers", Operations Research 29(3),
567–588, doi:10.1287/opre.29.3.567.
S. Borst, A. Mandelbaum, M. I. Reiman (2004), "Dimensioning large call centers", Operations Research 52(1), 17–34,
doi:10.1287/opre.1030.0081: staffing by the square root.
"""

import math
from itertools import count
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_HALVINGS: Final = 100
_MOST_QUALITY: Final = 8.0  # beyond it hardly one in 10^15 waits


def offered_load(jobs_per_day: float, minutes_each: float, shift_minutes: float) -> float:
    """Return how many people the work keeps busy all day.

    Parameters
    ----------
    jobs_per_day : 0 or more
    minutes_each : of a job with its journey (`density.minutes_each`), 0 or more
    shift_minutes : working minutes of a person's day, breaks left out, above 0
    """
    _not_negative(jobs_per_day=jobs_per_day, minutes_each=minutes_each)
    _positive(shift_minutes=shift_minutes)
    return jobs_per_day * minutes_each / shift_minutes


def probability_of_waiting(load: float, servers: int) -> float:
    """Return the share of jobs that find everybody busy (Erlang C); 1 where the work cannot be done at all.

    Parameters
    ----------
    load : offered load, 0 or more
    servers : people, 1 or more
    """
    _not_negative(load=load)
    _staffed(servers)
    blocked = 1.0  # Erlang B of no server; each further one follows from the last, without large numbers
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return _waiting(load, servers, blocked)


def mean_wait(load: float, servers: int, service: float) -> float:
    """Return the mean wait of all jobs (M/M/c); infinite where the work cannot be done.

    Parameters
    ----------
    load : offered load, 0 or more
    servers : people, 1 or more
    service : mean time of a job, above 0

    Returns
    -------
    In the unit of `service`.
    """
    _positive(service=service)
    waiting = probability_of_waiting(load, servers)
    return waiting * service / (servers - load) if load < servers else math.inf


def share_served_within(load: float, servers: int, within: float, service: float) -> float:
    """Return the share of jobs that wait no longer than this (M/M/c); 0 where the work cannot be done.

    Parameters
    ----------
    load : offered load, 0 or more
    servers : people, 1 or more
    within : longest wait that counts, 0 or more, in working time
    service : mean time of a job, above 0
    """
    _not_negative(within=within)
    _positive(service=service)
    return _in_time(load, servers, probability_of_waiting(load, servers), within / service)


def smallest_staff(load: float, share: float, *, within: float, service: float) -> int:
    """Return the fewest people with whom this share of the jobs waits no longer than this.

    Parameters
    ----------
    load : offered load, 0 or more
    share : above 0 and below 1, e.g. 0.9
    within : longest wait that counts, 0 or more, in working time
    service : mean time of a job, above 0
    """
    _not_negative(load=load, within=within)
    _positive(service=service)
    _share(share=share)
    blocked = 1.0
    for server in count(1):
        blocked = load * blocked / (server + load * blocked)
        if _in_time(load, server, _waiting(load, server, blocked), within / service) >= share:
            break
    return server


def square_root_staffing(load: float, quality: float) -> int:
    """Return the people that it takes by the square-root rule: the load, and so many times its square root to spare.

    Parameters
    ----------
    load : offered load, above 0
    quality : above 0; at 0.5 about half of the jobs wait, at 1 a fifth, at 2 one in forty (`waiting_at`, `quality_for`)
    """
    _positive(load=load, quality=quality)
    return math.ceil(load + quality * math.sqrt(load))


def waiting_at(quality: float) -> float:
    """Return the share of jobs that wait under the square-root rule, in the limit of many people (Halfin and Whitt).

    Parameters
    ----------
    quality : above 0
    """
    _positive(quality=quality)
    density = _NORMAL.pdf(quality)
    return density / (density + quality * _NORMAL.cdf(quality))


def quality_for(waiting: float) -> float:
    """Return the quality of the square-root rule at which this share of the jobs waits.

    Parameters
    ----------
    waiting : above 10^-15 and below 1
    """
    _share(waiting=waiting)
    low, high = 0.0, _MOST_QUALITY
    if waiting < waiting_at(high):
        raise ValueError(f"waiting is {waiting}; it lies above {waiting_at(high):.0e}")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if waiting_at(middle) > waiting else (low, middle)
    return high


def _waiting(load: float, servers: int, blocked: float) -> float:
    """Return Erlang C of Erlang B."""
    return servers * blocked / (servers - load * (1 - blocked)) if load < servers else 1.0


def _in_time(load: float, servers: int, waiting: float, services: float) -> float:
    """Return who waits no longer than so many mean services: the wait of who waits at all is exponential."""
    return 1 - waiting * math.exp(-(servers - load) * services) if load < servers else 0.0


def _staffed(servers: int) -> None:
    if servers < 1:
        raise ValueError(f"servers is {servers}; at least 1 is needed")


def _positive(**numbers: float) -> None:
    for name, number in numbers.items():
        if not (number > 0 and math.isfinite(number)):
            raise ValueError(f"{name} is {number}; it lies above 0")


def _not_negative(**numbers: float) -> None:
    for name, number in numbers.items():
        if not (number >= 0 and math.isfinite(number)):
            raise ValueError(f"{name} is {number}; it is 0 or more")


def _share(**numbers: float) -> None:
    for name, number in numbers.items():
        if not 0 < number < 1:
            raise ValueError(f"{name} is {number}; it lies above 0 and below 1")
