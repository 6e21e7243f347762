"""Seeded field-service days of any size, for tests, benchmarks and first steps."""

from optimizer.generate.scenario import generate_scenario

__all__ = ["generate_scenario"]
