"""How much driving a job brings along where jobs are so dense: the way between two, and the way there and back.

A tour through n points in an area A is about 0.7124 √(nA) long, so two neighbours on it are 0.7124 √(A ÷ n) apart; this
holds when the tour is cut into one piece a technician too, which then has a way there and a way back (Daganzo 1984;
Figliozzi 2008 finds the same form with a few stops a route). The tours meant are the shortest there are; appointments,
skills and emergencies make real ones longer, so this is the least a job costs.

References
----------
J. Beardwood, J. H. Halton, J. M. Hammersley (1959), "The shortest path through many points", Mathematical Proceedings
of the Cambridge Philosophical Society 55(4), 299–327, doi:10.1017/S0305004100034095.
D. S. Johnson, L. A. McGeoch, E. E. Rothberg (1996), "Asymptotic experimental analysis for the Held-Karp traveling
salesman bound", Proc. 7th ACM-SIAM Symposium on Discrete Algorithms, 341–350: the constant. (A. G. Percus, O. C. Martin
(1996), doi:10.1103/PhysRevLett.76.1188, have 0.7120.)
C. F. Daganzo (1984), "The distance traveled to visit N points with a maximum of C stops per vehicle", Transportation
Science 18(4), 331–350, doi:10.1287/trsc.18.4.331.
M. A. Figliozzi (2008), "Planning approximations to the average length of vehicle routing problems with varying customer
demands and routing constraints", Transportation Research Record 2089, 1–8, doi:10.3141/2089-01.
"""

import math
from typing import Final, NamedTuple

import numpy as np

from optimizer.domain.travel import SpeedProfile
from optimizer.travel.great_circle import bands_of, seconds_of

TOUR: Final = 0.7124
"""Length of the shortest tour through many random points ÷ √(points × area)."""
FROM_CENTRE: Final = 2 / (3 * math.sqrt(math.pi))
"""Mean distance of a disc's points from its centre ÷ √area: two thirds of the radius, 0.376."""


class Ways(NamedTuple):
    """Minutes of driving at some density."""

    start_min: float
    """From the start of the shift to the first job, and as long back."""
    between_min: float
    """From one job to the next."""


def ways(
    area_km2: float, jobs_per_day: float, profile: SpeedProfile, *, start_km: float | None = None
) -> Ways:
    """Return how long ways are in an area with so many jobs a day, by the planner's own speeds without congestion.

    Parameters
    ----------
    area_km2 : above 0
    jobs_per_day : that are driven to on a day in this area, above 0
    profile : means of transport: detour, speeds, access time
    start_km : straight line from where shifts start to their jobs; none: all start in the middle of the area
    """
    if not (area_km2 > 0 and jobs_per_day > 0):
        raise ValueError(f"{jobs_per_day} jobs a day on {area_km2} km²; both lie above 0")
    if start_km is not None and not start_km >= 0:
        raise ValueError(f"start_km is {start_km}; it is 0 or more")
    start = FROM_CENTRE * math.sqrt(area_km2) if start_km is None else start_km
    return Ways(_minutes(start, profile), _minutes(TOUR * math.sqrt(area_km2 / jobs_per_day), profile))


def stops_a_shift(job_minutes: float, way: Ways, shift_minutes: float) -> float:
    """Return how many jobs fill a shift, driving included, as an average.

    So many jobs, one way less between them, and a way there and one back make up the shift.

    Parameters
    ----------
    job_minutes : of a job at the customer's, above 0
    way : see `ways`
    shift_minutes : working minutes of a person's day, breaks left out, above 0

    Raises
    ------
    ValueError
        A job and the ways there and back do not fit into a shift, or a number is out of its range.
    """
    if not job_minutes > 0:
        raise ValueError(f"job_minutes is {job_minutes}; it lies above 0")
    if shift_minutes < job_minutes + 2 * way.start_min:
        raise ValueError(
            f"a job takes {job_minutes:g} min and each way {way.start_min:g} min; "
            f"that does not fit into a shift of {shift_minutes:g} min"
        )
    return (shift_minutes - 2 * way.start_min + way.between_min) / (job_minutes + way.between_min)


def minutes_each(job_minutes: float, way: Ways, shift_minutes: float) -> float:
    """Return how long a job takes with its share of the driving, which `queueing.offered_load` asks for.

    Parameters
    ----------
    job_minutes : of a job at the customer's, above 0
    way : see `ways`
    shift_minutes : working minutes of a person's day, breaks left out, above 0

    Raises
    ------
    ValueError
        A job and the ways there and back do not fit into a shift, or a number is out of its range.
    """
    return shift_minutes / stops_a_shift(job_minutes, way, shift_minutes)


def _minutes(straight_km: float, profile: SpeedProfile) -> float:
    metres = np.array([round(straight_km * 1000 * profile.detour)], dtype=np.int32)
    return float(seconds_of(metres, bands_of(metres, profile), profile)[0]) / 60
