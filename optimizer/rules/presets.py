"""Presets: how a plan weighs service against money.

``service-first`` leaves out as little priority weight as it can, whatever that costs; cents decide between
equals. ``balanced`` and ``economy`` compare cents alone: a job is left out when serving it would cost more
than leaving it out. No single bonus, subsidy or preference is dearer than leaving out a normal job; a job that
can wait may be left out rather than pay a month's bonus or a dear subsidy. All numbers here are our own assumption.
"""

from typing import Any, Final, Literal, NamedTuple

from optimizer.domain.policy import Preset

Level = Literal["weight", "cents"]
"""What a plan is compared by: unserved priority weight, or the bill."""


class PresetTable(NamedTuple):
    """What a preset changes."""

    levels: tuple[Level, ...]
    """What plans are compared by, the first first."""
    rules: dict[str, dict[str, Any]]
    """Rule code → parameter → value, where it differs from the rule's default."""


def _unserved(cents_for_one_weight: int) -> dict[str, int]:
    """Price all classes in proportion to their weights, so that money ranks left-out jobs as weight does."""
    weights = {"emergency": 20, "vip": 10, "contract": 5, "normal": 2, "flexible": 1}
    return {f"{name}_cents": weight * cents_for_one_weight for name, weight in weights.items()}


PRESETS: Final[dict[Preset, PresetTable]] = {
    "service-first": PresetTable(levels=("weight", "cents"), rules={}),
    "balanced": PresetTable(levels=("cents",), rules={"UNSERVED": _unserved(20_000)}),
    "economy": PresetTable(levels=("cents",), rules={"UNSERVED": _unserved(15_000)}),
}
"""The presets by name; the rules' own defaults are those of ``service-first``."""
