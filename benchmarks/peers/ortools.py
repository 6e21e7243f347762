"""OR-Tools routing: guided local search, real break intervals, a disjunction per job."""

import time
from dataclasses import dataclass

import numpy as np

from benchmarks.days import Day
from benchmarks.peers.base import Answer, Route

UNIT_PRICE_S = 20_000
"""Price of one unserved weight unit, seconds of travel: more than any single insertion costs."""


@dataclass(frozen=True)
class OrTools:
    """OR-Tools' routing library; its search is deterministic, the seed is not used."""

    name: str = "ortools"

    def prepare(self) -> None:
        """Import the library."""
        from ortools.constraint_solver import pywrapcp  # noqa: F401

    def solve(self, day: Day, seconds: float, seed: int) -> Answer:
        """Build the model, search for the time that is left, read the times of the best plan."""
        from ortools.constraint_solver import pywrapcp
        from ortools.constraint_solver import routing_enums_pb2 as choices

        begin = time.perf_counter()
        jobs, vehicles = day.request["jobs"], day.request["vehicles"]
        # nodes: the jobs, then each vehicle's place (start and end are one place in these days)
        places = [job["location_index"] for job in jobs] + [vehicle["start_index"] for vehicle in vehicles]
        depots = list(range(len(jobs), len(places)))
        service = np.array([job["service"] for job in jobs] + [0] * len(vehicles))
        travel = day.durations[np.ix_(places, places)].astype(np.int64)

        manager = pywrapcp.RoutingIndexManager(len(places), len(vehicles), depots, depots)
        model = pywrapcp.RoutingModel(manager)
        model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(travel.tolist()))
        transit = model.RegisterTransitMatrix((travel + service[:, None]).tolist())
        day_end = max(vehicle["time_window"][1] for vehicle in vehicles)
        model.AddDimension(transit, day_end, day_end, False, "time")
        clock = model.GetDimensionOrDie("time")

        holders = [set(vehicle["skills"]) for vehicle in vehicles]
        for node, job in enumerate(jobs):
            index = manager.NodeToIndex(node)
            opens, closes = job["time_windows"][0]
            clock.CumulVar(index).SetRange(opens, min(closes, day_end))
            eligible = [ix for ix, skills in enumerate(holders) if skills.issuperset(job["skills"])]
            # ortools 9.15 refuses a list in SetAllowedVehiclesForIndex; -1 stands for left out
            model.VehicleVar(index).SetValues([-1, *eligible])
            model.AddDisjunction([index], job["priority"] * UNIT_PRICE_S)
        solver = model.solver()
        visit = [0] * model.Size()
        for node in range(len(jobs)):
            visit[manager.NodeToIndex(node)] = int(service[node])
        pauses = []
        for ix, vehicle in enumerate(vehicles):
            clock.CumulVar(model.Start(ix)).SetRange(*vehicle["time_window"])
            clock.CumulVar(model.End(ix)).SetRange(*vehicle["time_window"])
            given = vehicle["breaks"][0]
            window, length = given["time_windows"][0], given["service"]
            pause = solver.FixedDurationIntervalVar(*window, length, False, f"break {ix}")
            clock.SetBreakIntervalsOfVehicle([pause], ix, visit)
            pauses.append(pause)

        options = pywrapcp.DefaultRoutingSearchParameters()
        options.first_solution_strategy = choices.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        options.local_search_metaheuristic = choices.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        options.time_limit.FromMilliseconds(max(1, round(1000 * (seconds - (time.perf_counter() - begin)))))
        found = model.SolveWithParameters(options)
        if not found:
            return Answer(())
        routes = []
        for ix, vehicle in enumerate(vehicles):
            index, stops = found.Value(model.NextVar(model.Start(ix))), []
            while not model.IsEnd(index):
                stops.append((jobs[manager.IndexToNode(index)]["id"], found.Min(clock.CumulVar(index))))
                index = found.Value(model.NextVar(index))
            if stops:
                routes.append(Route(vehicle["id"], tuple(stops), found.StartMin(pauses[ix])))
        return Answer(tuple(routes))
