"""What a history says of the demand model, parameter by parameter."""

from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Name, Record
from optimizer.domain.demand_model import DemandModel


class Estimate(Record):
    """One parameter of the demand model and what the history says of it."""

    parameter: Name
    """Which, as it stands in the model, e.g. ``durations.by_type.repair.spread``."""
    value: float
    """The value in the model: estimated, or kept."""
    low: float | None = None
    """Lower end of the 95 % interval; none: not estimated."""
    high: float | None = None
    """Upper end of the 95 % interval; none: not estimated."""
    count: Count
    """Observations behind it."""
    kept: bool = False
    """The value stands as it was before: the history says too little."""
    sentence: str
    """The same in words."""


class Fit(Record):
    """A demand model that was estimated from a history, with what stands behind each parameter."""

    format: Literal["paigong-demand-fit-1"] = "paigong-demand-fit-1"
    """Name and version of this format."""
    model: DemandModel
    """The model."""
    estimates: Annotated[tuple[Estimate, ...], Field(max_length=100_000)]
    """What the history says, in the order of the model."""
