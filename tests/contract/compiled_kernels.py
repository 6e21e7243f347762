"""Names the kernels that plans with their reasons compile more than once; run as a program of its own.

Arrays that may be written to are another type than read-only ones, and a kernel is compiled for each.
"""

import gc

from numba import types
from numba.core.dispatcher import Dispatcher

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.engines.lns import warm_up
from optimizer.explain import Explainer
from optimizer.schedule.reference import RecordType
from tests.property.random_scenarios import random_scenario
from tests.property.tied_scenarios import tied_scenario

SEED = 2
"""A day on which jobs are left out, tied ones as well."""


def main() -> None:
    """Plan an untied and a tied day, ask for reasons, and print how often each kernel was compiled for other arrays."""
    warm_up()
    for scenario in (random_scenario(SEED, max_jobs=10), tied_scenario(SEED, max_jobs=10)):
        compiled = compile_scenario(scenario)
        asked = Explainer(compiled, solve(compiled.problem, stop=Iterations(20), seed=SEED).routes)
        for reason in asked.reasons:
            asked.left_out(reason.job_id)
        for job in scenario.jobs:
            asked.late(job.job_id)
            asked.why_not(job.job_id, scenario.technicians[0].technician_id, search=Iterations(2))
        for technician in scenario.technicians:
            asked.overtime(technician.technician_id)
    for one in gc.get_objects():
        if isinstance(one, Dispatcher) and one.py_func.__module__.startswith("optimizer."):
            kinds = {_arrays(signature) for signature in one.signatures}
            print(f"{one.py_func.__module__}.{one.py_func.__name__}", len(kinds))


def _arrays(signature: tuple[types.Type, ...]) -> tuple[str, ...]:
    """Return the records and arrays of a signature; kernels call each other with numbers of several widths."""
    return tuple(str(one) for one in signature if isinstance(one, types.Array | RecordType))


if __name__ == "__main__":
    main()
