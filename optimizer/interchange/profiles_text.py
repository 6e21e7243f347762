"""Writes speed profiles as the part of a scenario file that holds them."""

import json
from collections.abc import Mapping

from optimizer.domain.technician import Means
from optimizer.domain.travel import SpeedProfile


def profiles_yaml(profiles: Mapping[Means, SpeedProfile]) -> str:
    """Return the ``travel`` part of a scenario as YAML, one line for each speed band.

    A table of profiles replaces the program's own, so every means that is wanted stands in it.

    Parameters
    ----------
    profiles : speed profiles by means of transport
    """
    lines = ["travel:", "  profiles:"]
    for means, profile in profiles.items():
        lines += [
            f"    {means}:",
            f"      detour: {profile.detour:g}",
            f"      access_min: {profile.access_min:g}",
        ]
        lines.append("      bands:")
        for band in profile.bands:
            content = band.model_dump(mode="json", exclude_defaults=True)
            lines.append(f"        - {json.dumps(content)}")  # JSON is also YAML in one line
    return "\n".join(lines) + "\n"
