"""Fingerprints: equal content gives equal hashes, whatever the file looked like."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from optimizer.domain.kept import Kept
from optimizer.domain.plan import TravelLeg
from optimizer.domain.scenario import Scenario

_OF_SCENARIOS: Final = Kept[str]()


def scenario_sha256(scenario: Scenario) -> str:
    """Return the scenario's fingerprint: it changes when any fact changes, not with layout or key order.

    The hash is SHA-256 in hex over the canonical JSON of all fields, defaults included. Approved days are left out:
    they are said of a plan's answer, so a plan does not become another question's when one of its days is approved.
    Whether a plan keeps them is checked like any other rule.
    """
    return _OF_SCENARIOS.of(
        scenario, lambda: _sha256(scenario.model_dump(mode="json", exclude={"approvals"}))
    )


def travel_sha256(source: str, legs: Sequence[TravelLeg]) -> str:
    """Return the fingerprint of a plan's travel data.

    The hash is SHA-256 in hex over the canonical JSON of ``{"source": …, "legs": […]}``, legs as given.

    Parameters
    ----------
    source : what the times come from
    legs : the legs, sorted by means and places
    """
    return _sha256({"source": source, "legs": [leg.model_dump(mode="json") for leg in legs]})


def _sha256(content: dict[str, Any]) -> str:
    """Hash JSON with sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
