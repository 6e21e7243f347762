"""The same question with something granted."""

from optimizer.domain.technician import Shift
from optimizer.explain.variants import rostered
from tests.unit.rules.build import DAY, NEXT_DAY, scenario, technician


def test_whose_shifts_are_granted_more_time() -> None:
    late = Shift(day=NEXT_DAY, overtime_limit_min=30)
    written = technician(shifts=(late,))
    assert rostered(written, scenario([written], days=2)) == (late,)
    both = written.model_copy(update={"usual_otherwise": True})
    assert rostered(both, scenario([both], days=2)) == (Shift(day=DAY), late)
