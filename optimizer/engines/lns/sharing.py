"""What routes share: prices of loads and assignments, and parts on vans and shelves.

None of it depends on time or on the order of a route, but on what other routes do; so it stands beside the cache of
insertions and is read when an insertion is weighed.
"""

from optimizer.engines.lns.state import CENTS, State
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def load_cents(p: Problem, meter: int, load: int) -> int:
    """Return what a meter owes at a load of the plan."""
    above = load + p.meter_before[meter]
    unit = p.meter_unit[meter]
    cents = 0
    for step in range(p.meter_step_ptr[meter], p.meter_step_ptr[meter + 1]):
        for sign, at in ((1, above), (-1, p.meter_before[meter])):
            over = at - p.meter_after[step]
            if over > 0:
                cents += sign * (p.meter_cents[step] + (over * p.meter_unit_cents[step] + unit // 2) // unit)
    return cents


@kernel
def load_of(p: Problem, meter: int, job: int, route: int) -> int:
    """Return what serving a job in a route adds to a meter."""
    column = p.meter_column[meter]
    if column >= 0:
        return int(p.counted[job, column])
    return int(p.service_s[job, p.service_class[route]])


@kernel
def shared_cents(p: Problem, s: State, job: int, route: int) -> int:
    """Return what serving a left-out job in a route adds to the prices of assignments and loads."""
    cents = 0
    if p.assignment_cents.size:
        cents += p.assignment_cents[job, route]
    for row in range(p.meter_ptr[route], p.meter_ptr[route + 1]):
        meter = p.meter[row]
        load = s.load[meter]
        more = load_of(p, meter, job, route)
        if more > 0:
            cents += load_cents(p, meter, load + more) - load_cents(p, meter, load)
    return cents


@kernel
def count_in(p: Problem, s: State, job: int, route: int) -> None:
    """Add a job to the loads, the parts and the cents of its new route."""
    s.total[CENTS] += shared_cents(p, s, job, route)
    for row in range(p.meter_ptr[route], p.meter_ptr[route + 1]):
        s.load[p.meter[row]] += load_of(p, p.meter[row], job, route)
    _pack(p, s, job, route, 1)


@kernel
def count_out(p: Problem, s: State, job: int, route: int) -> None:
    """Take a job off the loads, the parts and the cents of the route it leaves."""
    for row in range(p.meter_ptr[route], p.meter_ptr[route + 1]):
        s.load[p.meter[row]] -= load_of(p, p.meter[row], job, route)
    s.total[CENTS] -= shared_cents(p, s, job, route)
    _pack(p, s, job, route, -1)


@kernel
def _pack(p: Problem, s: State, job: int, route: int, sign: int) -> None:
    for row in range(p.need_ptr[job], p.need_ptr[job + 1]):
        _draw(p, s, p.van[route], p.need_part[row], -1)
        s.packed[route, p.need_part[row]] += sign * p.need_count[row]
        _draw(p, s, p.van[route], p.need_part[row], 1)
        if p.shelf[job] >= 0:
            s.drawn[p.shelf[job], p.need_part[row]] -= sign * p.need_count[row]


@kernel
def _draw(p: Problem, s: State, van: int, part: int, sign: int) -> bool:
    """Count (or uncount) what a van's shifts draw from their branches; tell whether the van and the shelves have it.

    The van's own pieces go first to the shifts that pass no branch, then to the others in order of days.
    """
    left = p.van_stock[van, part]
    for row in range(p.van_ptr[van], p.van_ptr[van + 1]):
        if p.branch[p.van_shift[row]] < 0:
            left -= s.packed[p.van_shift[row], part]
    enough = left >= 0
    left = max(left, 0)
    for row in range(p.van_ptr[van], p.van_ptr[van + 1]):
        shift = p.van_shift[row]
        branch = p.branch[shift]
        need = s.packed[shift, part]
        if branch < 0 or need == 0:
            continue
        own = min(left, need)
        left -= own
        s.drawn[branch, part] += sign * (need - own)
        enough = enough and s.drawn[branch, part] <= p.branch_stock[branch, part]
    return enough


@kernel
def has_parts(p: Problem, s: State, job: int, route: int) -> bool:
    """Tell whether van and branch have the parts of a left-out job beside those of all jobs served.

    Of a halt at a branch: whether the branch has what it loads.
    """
    shelf = p.shelf[job]
    if shelf >= 0:
        for row in range(p.need_ptr[job], p.need_ptr[job + 1]):
            part = p.need_part[row]
            if s.drawn[shelf, part] - p.need_count[row] > p.branch_stock[shelf, part]:
                return False
        return True
    enough = True
    van = p.van[route]
    for row in range(p.need_ptr[job], p.need_ptr[job + 1]):
        part = p.need_part[row]
        _draw(p, s, van, part, -1)
        s.packed[route, part] += p.need_count[row]
        enough = _draw(p, s, van, part, 1) and enough
        _draw(p, s, van, part, -1)
        s.packed[route, part] -= p.need_count[row]
        _draw(p, s, van, part, 1)
    return enough
