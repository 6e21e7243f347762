"""Changes in the words of a study, and what is said against them."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Patch
from optimizer.errors import InvalidInput
from optimizer.rules.scenario_issues import scenario_issues
from optimizer.whatif.variants.apply import applied

PATCH: TypeAdapter[Patch] = TypeAdapter(Patch)


def change(kind: str, **facts: Any) -> Patch:
    """Return a change."""
    return PATCH.validate_python({"kind": kind, **facts})


def after(base: Scenario, kind: str, **facts: Any) -> Scenario:
    """Return a scenario with one change, and hold that it is a valid one."""
    made = applied(base, change(kind, **facts))
    assert scenario_issues(made) == ()
    assert Scenario.model_validate(made.model_dump(mode="json")) == made
    return made


def refused(base: Scenario, kind: str, **facts: Any) -> list[tuple[str, str]]:
    """Return code and place of everything that stands against a change."""
    with pytest.raises(InvalidInput) as error:
        applied(base, change(kind, **facts))
    return [(one.code, one.path) for one in error.value.issues]
