"""Prices of loads in the model: what a plan adds to the price of each meter."""

from optimizer.engines.exact.terms import Amount, CpModel, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem


def meter_cents(problem: Problem, meter: int, load: int) -> int:
    """Return what a meter owes at a load, what it had before the plan included."""
    unit = int(problem.meter_unit[meter])
    cents = 0
    for step in _steps(problem, meter):
        over = load - int(problem.meter_after[step])
        if over > 0:
            by_unit = over * int(problem.meter_unit_cents[step])
            cents += int(problem.meter_cents[step]) + (by_unit + unit // 2) // unit
    return cents


def load_of(problem: Problem, meter: int, job: int, shift: int) -> int:
    """Return what serving a job in a shift adds to a meter."""
    if meter not in problem.meter[problem.meter_ptr[shift] : problem.meter_ptr[shift + 1]]:
        return 0
    column = int(problem.meter_column[meter])
    if column >= 0:
        return int(problem.counted[job, column])
    return int(problem.service_s[job, problem.service_class[shift]])


def add_meters(model: CpModel, problem: Problem, tours: list[Tour]) -> Amount:
    """Add the loads of all meters and return what the plan adds to their prices.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tours : all routes
    """
    return total(_added(model, problem, meter, tours) for meter in range(len(problem.meter_column)))


def _added(model: CpModel, problem: Problem, meter: int, tours: list[Tour]) -> Amount:
    before = int(problem.meter_before[meter])
    amounts = []
    heaviest: dict[int, int] = {}
    for tour in tours:
        for job, served in tour.serves.items():
            amount = load_of(problem, meter, job, tour.reach.shift)
            amounts.append(amount * served)
            heaviest[job] = max(heaviest.get(job, 0), amount)
    load, most = total(amounts), sum(heaviest.values())
    if problem.meter_column[meter] >= 0:
        return _by_jobs(model, problem, meter, load, most)
    steps = (
        _step(model, problem, step, meter, before + load, before + most) for step in _steps(problem, meter)
    )
    return total(steps) - meter_cents(problem, meter, before)


def _by_jobs(model: CpModel, problem: Problem, meter: int, load: Amount, most: int) -> Amount:
    """Return the added price of a number of jobs, by one variable for each number there can be."""
    before = int(problem.meter_before[meter])
    counts = [model.new_bool_var("") for _ in range(most + 1)]
    model.add_exactly_one(counts)
    model.add(load == total(count * chosen for count, chosen in enumerate(counts)))
    none = meter_cents(problem, meter, before)
    return total(
        (meter_cents(problem, meter, before + count) - none) * chosen for count, chosen in enumerate(counts)
    )


def _step(model: CpModel, problem: Problem, step: int, meter: int, load: Amount, most: int) -> Amount:
    """Return the price of a step of seconds, held from both sides: it may be a bonus as well as a fine."""
    after, rate = int(problem.meter_after[step]), int(problem.meter_unit_cents[step])
    unit = int(problem.meter_unit[meter])
    if most <= after:
        return 0
    above = model.new_bool_var("")
    model.add(load > after).only_enforce_if(above)
    model.add(load <= after).only_enforce_if(~above)
    over = model.new_int_var(0, most - after, "")
    model.add(over == load - after).only_enforce_if(above)
    model.add(over == 0).only_enforce_if(~above)
    farthest = ((most - after) * rate + unit // 2) // unit
    by_unit = model.new_int_var(min(0, farthest), max(0, farthest), "")
    # by_unit = (over × rate + unit // 2) // unit
    model.add(unit * by_unit <= over * rate + unit // 2)
    model.add(unit * by_unit > over * rate + unit // 2 - unit)
    return int(problem.meter_cents[step]) * above + by_unit


def _steps(problem: Problem, meter: int) -> range:
    return range(problem.meter_step_ptr[meter], problem.meter_step_ptr[meter + 1])
