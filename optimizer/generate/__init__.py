"""Seeded field-service days of any size, for tests, benchmarks and first steps."""

from optimizer.domain.season import Season
from optimizer.generate.area_demand import AreaDemand, read_demand
from optimizer.generate.scenario import generate_scenario
from optimizer.generate.ties import NO_TIES, Ties

__all__ = ["NO_TIES", "AreaDemand", "Season", "Ties", "generate_scenario", "read_demand"]
