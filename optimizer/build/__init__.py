"""Builds a Problem row by row; every door (scenarios, foreign request formats) compiles through it."""

from optimizer.build.builder import ALWAYS, ProblemBuilder, ProfileLegs, Windows, intersect

__all__ = ["ALWAYS", "ProblemBuilder", "ProfileLegs", "Windows", "intersect"]
