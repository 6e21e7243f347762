"""A simulation that takes no time and no plan: its figures are drawn, and more people keep more clocks."""

import os
import random
import signal
import time
from datetime import date, timedelta
from pathlib import Path

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Chains, ExactEnough, Study, Variant
from optimizer.domain.study_patches import AddStaff
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.errors import TravelUnavailable
from optimizer.whatif.executor import Assignment
from tests.unit.interchange.documents import question

NEW_YEAR = date(2026, 1, 1)
ONE_MORE = Variant(name="one more", changes=(AddStaff(kind="add_staff", like="T1"),))
AS_IT_IS = Variant(name="as it is")


class Model(Record):
    """What stands for the demand, and what goes wrong in the worker."""

    sleep_s: float = 0
    deadly: str = ""
    """The worker dies at chain 1 as often as the number in this file says."""
    wrong: str = ""
    """An error is raised at chain 1: ``library`` or ``program``."""


def study(least: int = 2, most: int = 6, half_width: float = 0.01, **more: object) -> Study:
    return Study.model_validate(
        {
            "name": "a second repairer",
            "base": "small.yaml",
            "days": 2,
            "chains": Chains(least=least, most=most),
            "stop": ExactEnough(half_width=half_width),
            "variants": (ONE_MORE, AS_IT_IS),
            **more,
        }
    )


def assignment(asked: Study, model: Model = Model()) -> Assignment:  # noqa: B008 # immutable
    return Assignment(asked, question(), model, simulated)


def simulated(
    base: Scenario, scenario: Scenario, model: Model, study: Study, variant: str, number: int
) -> Sample:
    """Draw the sample of a chain; the draws are the same for all variants of it."""
    time.sleep(model.sleep_s)
    if number == 1:
        _go_wrong(model)
    draws = random.Random(f"{study.seed} {number}")
    return sample(variant, number, [_day(draws, row, len(scenario.technicians)) for row in range(study.days)])


def _go_wrong(model: Model) -> None:
    if model.wrong == "library":
        raise TravelUnavailable("There is no road.")
    if model.wrong == "program":
        raise KeyError("nowhere")
    if model.deadly and (left := int(Path(model.deadly).read_text())) > 0:
        counted = Path(f"{model.deadly}.{os.getpid()}")  # whole, for another worker may be reading it
        counted.write_text(str(left - 1))
        counted.replace(model.deadly)
        os.kill(os.getpid(), signal.SIGKILL)


def _day(draws: random.Random, row: int, people: int) -> DayFigures:
    jobs = 20 + draws.randrange(20)
    kept = min(jobs, 8 + 6 * people + draws.randrange(8))
    return day(row, reported=jobs, done=kept, kept=kept, missed=jobs - kept)


def sample(variant: str, chain: int, days: list[DayFigures]) -> Sample:
    return Sample(variant=variant, chain=chain, people=("T1",), days=tuple(days))


def day(row: int = 0, *, kept: int = 0, missed: int = 0, **given: object) -> DayFigures:
    """Return a day of zeros but for what is given."""
    facts: dict[str, object] = {
        name: 0
        for name in DayFigures.model_fields
        if name not in ("day", "service_clocks", "desk_clocks", "bill_cents")
    }
    facts |= {
        "day": NEW_YEAR + timedelta(days=row),
        "service_clocks": (ClocksEnded(code="ARRIVE", kept=kept, missed=missed),),
        "desk_clocks": (),
        "bill_cents": {},
    }
    return DayFigures.model_validate({**facts, **given})
