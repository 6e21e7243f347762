"""Builds a Problem row by row; every door (scenarios, foreign request formats) compiles through it."""

from optimizer.build.builder import ALWAYS, ProblemBuilder, ProfileLegs, Windows, intersect
from optimizer.build.ties import Link, Ties
from optimizer.build.trips import Bars, Days, Nights, Trip, add_trips

__all__ = [
    "ALWAYS",
    "Bars",
    "Days",
    "Link",
    "Nights",
    "ProblemBuilder",
    "ProfileLegs",
    "Ties",
    "Trip",
    "Windows",
    "add_trips",
    "intersect",
]
