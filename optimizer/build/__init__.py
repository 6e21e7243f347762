"""Builds a Problem row by row; every door (scenarios, foreign request formats) compiles through it."""

from optimizer.build.builder import ALWAYS, ProblemBuilder, ProfileLegs, Windows, intersect
from optimizer.build.ties import Link, Ties

__all__ = ["ALWAYS", "Link", "ProblemBuilder", "ProfileLegs", "Ties", "Windows", "intersect"]
