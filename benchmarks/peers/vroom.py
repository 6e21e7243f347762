"""VROOM through pyvroom: the request one to one, one thread, with its own time limit."""

import time
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.days import Day
from benchmarks.peers.base import Answer, vroom_routes


@dataclass(frozen=True)
class Vroom:
    """VROOM at one exploration level; it has no seed (the search is deterministic)."""

    level: int

    @property
    def name(self) -> str:
        """Return the solver's name in the results."""
        return f"vroom-x{self.level}"

    def prepare(self) -> None:
        """Import the library."""
        import vroom  # noqa: F401

    def solve(self, day: Day, seconds: float, seed: int) -> Answer:
        """Hand the request over and give VROOM the time that is left."""
        import vroom

        start = time.perf_counter()
        model = vroom.Input()
        model.set_durations_matrix("car", day.durations.astype("uint32"))
        for vehicle in day.request["vehicles"]:
            pause = vehicle["breaks"][0]
            model.add_vehicle(
                vroom.Vehicle(
                    vehicle["id"],
                    start=vehicle["start_index"],
                    end=vehicle["end_index"],
                    skills=set(vehicle["skills"]),
                    time_window=vroom.TimeWindow(*vehicle["time_window"]),
                    breaks=[vroom.Break(pause["id"], pause["time_windows"], pause["service"])],
                )
            )
        for job in day.request["jobs"]:
            model.add_job(
                vroom.Job(
                    job["id"],
                    job["location_index"],
                    default_service=job["service"],
                    skills=set(job["skills"]),
                    priority=job["priority"],
                    time_windows=job["time_windows"],
                )
            )
        left_s = max(0.001, seconds - (time.perf_counter() - start))
        solution = model.solve(self.level, nb_threads=1, timeout=timedelta(seconds=left_s))
        return Answer(vroom_routes(solution.to_dict()))
