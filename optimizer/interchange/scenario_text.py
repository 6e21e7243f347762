"""Writes a scenario as a text that reads back as the same scenario."""

import json
import re
from typing import Any

from optimizer.domain.scenario import Scenario

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Marks that JSON allows in text and YAML does not."""


def scenario_json(scenario: Scenario) -> str:
    """Return a scenario as JSON; fields that have their default value are left out."""
    return json.dumps(_content(scenario), indent=1, ensure_ascii=False) + "\n"


def scenario_yaml(scenario: Scenario) -> str:
    """Return a scenario as YAML, one line for each technician, branch and job.

    Fields that have their default value are left out.
    """
    lines = []
    for name, value in _content(scenario).items():
        if isinstance(value, list) and value:
            lines.append(f"{name}:")
            lines += [f"  - {_flow(one)}" for one in value]
        else:
            lines.append(f"{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _content(scenario: Scenario) -> dict[str, Any]:
    content = scenario.model_dump(mode="json", exclude_defaults=True)
    return {"format": scenario.format, **content}


def _flow(value: Any) -> str:
    """Return JSON, which is also YAML in one line."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)
