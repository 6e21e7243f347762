"""A variant's demand: more or fewer jobs, longer or shorter windows."""

from datetime import time

import pytest

from optimizer.domain.demand_chances import Appointments, WindowShape
from optimizer.domain.demand_model import DemandFactor, DemandModel
from optimizer.domain.study_patches import Demand, Windows
from optimizer.errors import InvalidInput
from optimizer.whatif.demand.changed import changed_model


def window(start: str, end: str) -> DemandModel:
    shape = WindowShape(start=time.fromisoformat(start), end=time.fromisoformat(end))
    return DemandModel(appointments=Appointments(share=1.0, shapes=(shape,)))


def test_without_changes_it_is_the_same() -> None:
    model = DemandModel()
    assert changed_model(model, ()) is model


def test_each_type_and_area_gets_its_factor() -> None:
    change = Demand(kind="demand", factor=1.5, types=("repair", "survey"), areas=("Furong",))
    found = changed_model(DemandModel(), (change, Demand(kind="demand", factor=0.5))).demand
    assert found == (
        DemandFactor(factor=1.5, type="repair", area="Furong"),
        DemandFactor(factor=1.5, type="survey", area="Furong"),
        DemandFactor(factor=0.5),
    )


@pytest.mark.parametrize(
    ("before", "minutes", "after"),
    [
        (("10:00", "12:00"), 60, ("10:30", "11:30")),  # around 11:00
        (("10:00", "12:00"), 240, ("09:00", "13:00")),
        (("08:00", "10:00"), 24 * 60, ("00:00", "23:59")),
        (("22:00", "23:00"), 120, ("21:30", "23:30")),
        (("23:00", "23:30"), 120, ("21:59", "23:59")),
    ],
)
def test_windows_keep_their_middle_as_far_as_the_day_allows(
    before: tuple[str, str], minutes: int, after: tuple[str, str]
) -> None:
    (shape,) = changed_model(window(*before), (Windows(kind="windows", minutes=minutes),)).appointments.shapes
    assert (shape.start.isoformat("minutes"), shape.end.isoformat("minutes")) == after


def test_windows_of_single_types_are_refused() -> None:
    with pytest.raises(InvalidInput, match="same windows for all job types"):
        changed_model(DemandModel(), (Windows(kind="windows", minutes=60, types=("repair",)),))
