"""The independent checker: does a plan hold together, and does it keep every hard rule?

It reads business records alone: the scenario, the plan and the travel snapshot inside the plan. It imports
neither compile, problem, build, engines, schedule nor travel, so a mistake there cannot hide itself here. What
it shares with the search are the rules' small readings of the business facts: a shift's hours, what a job asks
for and a technician brings. Those have tests of their own. Codes besides those of the rules:
``PLAN`` (the plan contradicts itself or the scenario) and ``TRAVEL`` (its drives contradict its travel data).
"""

from optimizer.checker.check import breaches_of, check_plan, contradictions

__all__ = ["breaches_of", "check_plan", "contradictions"]
