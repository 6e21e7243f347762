"""Seeded field-service days of any size, for tests, benchmarks and first steps."""

from optimizer.generate.area_demand import AreaDemand, read_demand
from optimizer.generate.scenario import generate_scenario
from optimizer.generate.season import Season

__all__ = ["AreaDemand", "Season", "generate_scenario", "read_demand"]
