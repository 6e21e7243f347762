"""What routes share, computed from nothing but the routes: prices of assignments and loads, parts."""

from collections import Counter
from collections.abc import Sequence

from optimizer.problem import Problem

Routes = Sequence[Sequence[int]]


def shared_cents(p: Problem, routes: Routes) -> int:
    """Return what these routes owe for who serves what and for how much everybody serves."""
    cents = 0
    if p.assignment_cents.size:
        cents += sum(int(p.assignment_cents[job, row]) for row, jobs in enumerate(routes) for job in jobs)
    for meter, load in loads(p, routes).items():
        before = int(p.meter_before[meter])
        cents += _price(p, meter, before + load) - _price(p, meter, before)
    return cents


def loads(p: Problem, routes: Routes) -> dict[int, int]:
    """Return what the routes add to each meter."""
    found: Counter[int] = Counter()
    for row, jobs in enumerate(routes):
        for meter in p.meter[p.meter_ptr[row] : p.meter_ptr[row + 1]].tolist():
            column = p.meter_column[meter]
            if column < 0:
                found[meter] += sum(int(p.service_s[job, p.service_class[row]]) for job in jobs)
            else:
                found[meter] += sum(int(p.counted[job, column]) for job in jobs)
    return dict(found)


def _price(p: Problem, meter: int, load: int) -> int:
    unit = 3600 if p.meter_column[meter] < 0 else 1
    cents = 0
    for step in range(p.meter_step_ptr[meter], p.meter_step_ptr[meter + 1]):
        over = load - int(p.meter_after[step])
        if over > 0:
            cents += int(p.meter_cents[step]) + (over * int(p.meter_unit_cents[step]) + unit // 2) // unit
    return cents


def packed(p: Problem, routes: Routes) -> dict[tuple[int, int], int]:
    """Return the pieces each route takes: (shift, part) → pieces."""
    found: Counter[tuple[int, int]] = Counter()
    for row, jobs in enumerate(routes):
        for job in jobs:
            for need in range(p.need_ptr[job], p.need_ptr[job + 1]):
                found[row, int(p.need_part[need])] += int(p.need_count[need])
    return dict(found)


def drawn(p: Problem, routes: Routes) -> dict[tuple[int, int], int] | None:
    """Return the pieces loaded at each branch: (branch, part) → pieces; None where a van lacks some."""
    found: Counter[tuple[int, int]] = Counter()
    for halt in (row for jobs in routes for row in jobs if p.shelf[row] >= 0):
        for need in range(p.need_ptr[halt], p.need_ptr[halt + 1]):
            found[int(p.shelf[halt]), int(p.need_part[need])] -= int(p.need_count[need])
    takes = packed(p, routes)
    for van in {int(p.van[row]) for row, _ in takes}:
        shifts = [row for row in range(len(p.van)) if p.van[row] == van]
        away = [row for row in shifts if p.branch[row] < 0]
        others = [row for row in shifts if p.branch[row] >= 0]
        for part in range(p.van_stock.shape[1]):
            left = int(p.van_stock[van, part]) - sum(takes.get((row, part), 0) for row in away)
            if left < 0:
                return None
            for row in others:
                need = takes.get((row, part), 0)
                found[int(p.branch[row]), part] += max(0, need - left)
                left = max(0, left - need)
    return dict(found)


def parts_suffice(p: Problem, routes: Routes) -> bool:
    """Tell whether vans and branches have all parts the routes take."""
    loaded = drawn(p, routes)
    return loaded is not None and all(
        pieces <= p.branch_stock[branch, part] for (branch, part), pieces in loaded.items()
    )


def jobs_of(p: Problem, route: Sequence[int]) -> int:
    """Return how many jobs a route has; halts at branches are none."""
    return sum(p.shelf[row] < 0 for row in route)


def halts_in_order(p: Problem, route: Sequence[int]) -> bool:
    """Tell whether every halt at a branch in a route comes before its job, and no job has two."""
    halts = [row for row in route if p.shelf[row] >= 0]
    return len({int(p.job_of[halt]) for halt in halts}) == len(halts) and all(
        int(p.job_of[halt]) in route[route.index(halt) :] for halt in halts
    )


def rivals_meet(p: Problem, routes: Routes) -> bool:
    """Tell whether shifts have jobs that rule each other out: a trip, and a day of it."""
    used = {row for row, jobs in enumerate(routes) if jobs}
    return len(p.rival) > 0 and any(
        int(other) in used for row in used for other in p.rival[p.rival_ptr[row] : p.rival_ptr[row + 1]]
    )
