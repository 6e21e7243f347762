"""The independent checker: does a plan hold together, and does it keep every hard rule?

It reads the scenario, the plan and the travel snapshot inside the plan, nothing else: no arrays, no kernels,
no router. So a mistake in compiling or searching cannot hide itself here. Codes besides those of the rules:
``PLAN`` (the plan contradicts itself or the scenario) and ``TRAVEL`` (its drives contradict its travel data).
"""

from optimizer.checker.check import check_plan

__all__ = ["check_plan"]
