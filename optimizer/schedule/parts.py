"""Who loads what in the morning: shares a van's pieces out over its days, the rest comes from the branch."""

from collections import Counter

from optimizer.problem import Problem, Routes

Pieces = dict[int, int]
"""Part row → pieces."""


def pick_ups(problem: Problem, routes: Routes) -> dict[int, Pieces]:
    """Return what each shift loads at the branch where it starts, by shift row.

    A van's own pieces go first to the days that pass no branch, then to the others in order of days; what they
    still lack is loaded.

    Parameters
    ----------
    problem : the compiled question
    routes : orders of stops, feasible
    """
    found: dict[int, Pieces] = {}
    for van in range(len(problem.van_stock)):
        shifts = problem.van_shift[problem.van_ptr[van] : problem.van_ptr[van + 1]].tolist()
        left = Counter(dict(enumerate(problem.van_stock[van].tolist())))
        for shift in sorted(
            shifts, key=lambda row: bool(problem.branch[row] >= 0)
        ):  # a stable sort keeps the days
            needs = _needs(problem, routes.stops[shift])
            loaded = {
                part: pieces - left[part] for part, pieces in sorted(needs.items()) if pieces > left[part]
            }
            left -= needs  # a Counter: nothing falls below 0
            if loaded and problem.branch[shift] >= 0:
                found[shift] = loaded
    return found


def _needs(problem: Problem, stops: tuple[int, ...]) -> Counter[int]:
    needs: Counter[int] = Counter()
    for job in stops:
        for row in range(problem.need_ptr[job], problem.need_ptr[job + 1]):
            needs[int(problem.need_part[row])] += int(problem.need_count[row])
    return needs
