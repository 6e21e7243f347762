"""Variants: what a study changes, made of a scenario; `KINDS` is the table of contents."""

from typing import Any, Final

from optimizer.whatif.variants.add_staff import KIND as ADD_STAFF
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.certify import KIND as CERTIFY
from optimizer.whatif.variants.close_branch import KIND as CLOSE_BRANCH
from optimizer.whatif.variants.demand import KIND as DEMAND
from optimizer.whatif.variants.on_call import KIND as ON_CALL
from optimizer.whatif.variants.open_branch import KIND as OPEN_BRANCH
from optimizer.whatif.variants.overtime_limit import KIND as OVERTIME_LIMIT
from optimizer.whatif.variants.part_stock import KIND as PART_STOCK
from optimizer.whatif.variants.part_time import KIND as PART_TIME
from optimizer.whatif.variants.preset import KIND as PRESET
from optimizer.whatif.variants.price import KIND as PRICE
from optimizer.whatif.variants.remove_staff import KIND as REMOVE_STAFF
from optimizer.whatif.variants.service_radius import KIND as SERVICE_RADIUS
from optimizer.whatif.variants.shift_times import KIND as SHIFT_TIMES
from optimizer.whatif.variants.tool_stock import KIND as TOOL_STOCK
from optimizer.whatif.variants.train import KIND as TRAIN
from optimizer.whatif.variants.windows import KIND as WINDOWS

KINDS: Final[tuple[ChangeKind[Any], ...]] = (
    ADD_STAFF,
    REMOVE_STAFF,
    TRAIN,
    CERTIFY,
    SHIFT_TIMES,
    OVERTIME_LIMIT,
    ON_CALL,
    PART_TIME,
    SERVICE_RADIUS,
    OPEN_BRANCH,
    CLOSE_BRANCH,
    TOOL_STOCK,
    PART_STOCK,
    DEMAND,
    WINDOWS,
    PRESET,
    PRICE,
)
"""The kinds of changes, in the order of the study's records."""
