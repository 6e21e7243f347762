"""Spare parts in the model: what vans have, and what their shifts draw from the branches."""

from collections import defaultdict

from optimizer.engines.exact.terms import Amount, CpModel, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem


def add_parts(model: CpModel, problem: Problem, tours: list[Tour]) -> None:
    """Add that vans and branches have what the jobs need.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tours : all routes
    """
    of_shift = {tour.reach.shift: tour for tour in tours}
    for part in sorted(set(problem.need_part.tolist())):
        drawn: dict[int, list[Amount]] = defaultdict(list)
        for van in range(len(problem.van_stock)):
            for branch, pieces in _drawn(model, problem, part, van, of_shift):
                drawn[branch].append(pieces)
        for halt, branch in enumerate(problem.shelf.tolist()):
            if branch >= 0:
                loaded = _pieces(problem, halt, part)
                drawn[branch].extend(loaded * tour.serves[halt] for tour in tours if halt in tour.serves)
        for branch, pieces in drawn.items():
            stock = int(problem.branch_stock[branch, part]) if branch < len(problem.branch_stock) else 0
            model.add(total(pieces) <= stock)


def _drawn(
    model: CpModel, problem: Problem, part: int, van: int, of_shift: dict[int, Tour]
) -> list[tuple[int, Amount]]:
    """Return what each shift of a van draws from which branch.

    The van's own pieces go first to the shifts that pass no branch, then to the others in order of days.
    """
    shifts = problem.van_shift[problem.van_ptr[van] : problem.van_ptr[van + 1]].tolist()
    needs = [
        (int(problem.branch[shift]), _needed(problem, part, of_shift[shift]))
        for shift in shifts
        if shift in of_shift
    ]
    without_branch = total(need for branch, need in needs if branch < 0)
    stock = int(problem.van_stock[van, part])
    model.add(without_branch <= stock)
    found = []
    so_far = [without_branch - stock]
    lacking_before: Amount = 0
    for branch, need in needs:
        if branch >= 0:
            so_far.append(need)
            lacking = model.new_int_var(0, int(abs(problem.need_count).sum()), "")
            model.add_max_equality(lacking, [0, total(so_far)])
            found.append((branch, lacking - lacking_before))
            lacking_before = lacking
    return found


def _needed(problem: Problem, part: int, tour: Tour) -> Amount:
    """Return the pieces of a part that a route takes along; those loaded on the way are not among them."""
    return total(
        -_pieces(problem, job, part) * served
        for job, served in tour.serves.items()
        if _pieces(problem, job, part)
    )


def _pieces(problem: Problem, visit: int, part: int) -> int:
    """Return how many pieces of a part a visit loads; fewer than none where it takes them."""
    rows = slice(int(problem.need_ptr[visit]), int(problem.need_ptr[visit + 1]))
    return -int(problem.need_count[rows][problem.need_part[rows] == part].sum())
