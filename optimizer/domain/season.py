"""Seasons of the year."""

from typing import Literal

Season = Literal["spring", "summer", "autumn", "winter", "none"]
"""A part of the year; ``none``: the whole year's mean."""
