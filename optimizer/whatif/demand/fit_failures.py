"""What went wrong with visits: shares, each of those that could."""

from collections.abc import Sequence
from typing import NamedTuple

from optimizer.domain.demand_chances import Failures, LevelShares
from optimizer.domain.demand_fit import Estimate
from optimizer.domain.policy import Policy
from optimizer.whatif.demand.history import Visit
from optimizer.whatif.demand.intervals import share_interval
from optimizer.whatif.demand.told import LEAST, estimated, kept


class _Trials(NamedTuple):
    """So many of so many."""

    hits: int
    trials: int


def fit_failures(history: Sequence[Visit], policy: Policy, base: Failures) -> tuple[Failures, list[Estimate]]:
    """Estimate the shares of visits that fail, in the order in which they are asked.

    Missing parts and faults that are not fixed are counted by level of the technician where the history names levels,
    otherwise the same share stands for all.

    Parameters
    ----------
    history : all visits
    policy : the policy with the job table
    base : the values before, kept where the history has too little
    """
    first = [one for one in history if one.visit == 1]
    came = [one for one in history if one.end != "cancelled"]
    opened = [one for one in came if one.end != "no_access"]
    sites = [one for one in opened if one.visit == 1 and policy.job_types[one.type].kind == "installation"]
    worked = [one for one in opened if one.end != "site_not_ready"]
    with_parts = [one for one in worked if one.end != "part_missing"]
    said: list[Estimate] = []
    cancelled = _share("cancelled", _of("cancelled", first), base.cancelled, "reports", said)
    no_access = _share("no_access", _of("no_access", came), base.no_access, "visits", said)
    not_ready = _share(
        "site_not_ready", _of("site_not_ready", sites), base.site_not_ready, "installations", said
    )
    part_missing = _by_level("part_missing", worked, base.part_missing, said)
    not_fixed = _by_level("not_fixed", with_parts, base.not_fixed, said)
    fitted = Failures(
        cancelled=cancelled,
        no_access=no_access,
        site_not_ready=not_ready,
        part_missing=part_missing,
        not_fixed=not_fixed,
    )
    return fitted, said


def _of(end: str, visits: Sequence[Visit]) -> _Trials:
    return _Trials(sum(one.end == end for one in visits), len(visits))


def _share(name: str, found: _Trials, before: float, of_what: str, said: list[Estimate]) -> float:
    """Return a share, estimated or kept, and add what is said of it."""
    path = f"failures.{name}"
    if found.trials < LEAST:
        said.append(kept(path, before, found.trials, LEAST, of_what))
        return before
    share = found.hits / found.trials
    said.append(estimated(path, share, share_interval(found.hits, found.trials), found.trials, of_what))
    return share


def _by_level(name: str, visits: Sequence[Visit], before: LevelShares, said: list[Estimate]) -> LevelShares:
    if all(one.level is None for one in visits) and len(visits) >= LEAST:
        share = _share(name, _of(name, visits), before[2], "visits of all levels", said)
        return (share, share, share, share, share)
    first, second, third, fourth, fifth = (
        _share(
            f"{name}[{level - 1}]",
            _of(name, [one for one in visits if one.level == level]),
            before[level - 1],
            f"visits of level {level}",
            said,
        )
        for level in range(1, 6)
    )
    return (first, second, third, fourth, fifth)
