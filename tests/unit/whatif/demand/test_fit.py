import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from optimizer.domain.demand_chances import Durations, RealDuration, TravelChances
from optimizer.domain.demand_fit import Estimate, Fit
from optimizer.domain.demand_model import DemandFactor, DemandModel
from optimizer.domain.time import DateRange
from optimizer.errors import InvalidInput
from optimizer.generate.season import FACTORS
from optimizer.interchange.record_file import load_record
from optimizer.whatif.demand.default_model import default_model
from optimizer.whatif.demand.fit import fit_history
from optimizer.whatif.demand.history import read_history
from optimizer.whatif.demand.intervals import count_interval
from tests.unit.whatif.demand.past import TITLES, past
from tests.unit.whatif.demand.town import MODEL, MONDAY, TOWN

INSTALLED: dict[tuple[str | None, str | None], int] = {("East", "aircon"): 20_000, ("West", "aircon"): 5_000}
KNOWN = MODEL.model_copy(
    update={
        "weekdays": (1.3, 1.1, 1.0, 1.0, 1.1, 0.8, 0.7),
        "day_variation": 0.3,
        "durations": Durations(
            by_type={"repair": RealDuration(median=1.25, spread=0.45)},
            by_level=(1.3, 1.1, 1.0, 0.95, 0.9),
        ),
        "travel": TravelChances(median=1.15, day_spread=0.12, leg_spread=0.25),
    }
)
"""What the histories of these tests are drawn from."""


def fitted(model: DemandModel, days: int, seed: int) -> Fit:
    history = read_history(past(model, TOWN, MONDAY, days, seed), TOWN)
    return fit_history(history, TOWN, base=default_model(TOWN), installed=INSTALLED)


def known(model: DemandModel, parameter: str) -> float:
    """Return the value of a parameter in a model, by the name that a fit gives it."""
    if found := re.fullmatch(r"durations\.by_type\.(\w+)\.(\w+)", parameter):
        return float(getattr(model.durations.of(found[1]), found[2]))
    if found := re.fullmatch(r"mixes\[0\]\.types\.(\w+)", parameter):
        return model.mixes[0].share(found[1])
    value: Any = model.model_dump()
    for part in re.findall(r"\w+", parameter):
        value = value[int(part)] if part.isdigit() else value[part]
    return float(value) / sum(model.hours) if parameter.startswith("hours") else float(value)


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    per = estimate.count if estimate.parameter.startswith("hours") else 1  # hours are counts
    return estimate.low / per, estimate.high / per


def estimates(fit: Fit) -> Iterator[Estimate]:
    return (one for one in fit.estimates if not one.kept)


@pytest.fixture(scope="module")
def fits() -> list[Fit]:
    return [fitted(KNOWN, 84, seed) for seed in range(3)]


def test_a_history_gives_the_model_back_that_it_was_drawn_from(fits: list[Fit]) -> None:
    held = [
        low <= known(KNOWN, one.parameter) <= high
        for fit in fits
        for one in estimates(fit)
        for low, high in (ends(one),)
    ]
    assert len(held) == 3 * 63
    # 95 of 100, which strays by √(0.95 × 0.05 ÷ 189) = 1.6; neighbours are not independent.
    assert sum(held) / len(held) > 0.95 - 3.5 * 0.016
    # The intervals say something: those of the larger shares are no wider than a third of their value.
    widths = {one.parameter: ends(one)[1] - ends(one)[0] for one in estimates(fits[0])}
    assert widths["sources[0].failures_per_day"] < 0.001 / 3
    assert widths["durations.by_type.repair.median"] < 1.25 / 3
    assert widths["durations.by_type.repair.spread"] < 0.45 / 3
    assert widths["travel.leg_spread"] < 0.25 / 3


def test_rates_allow_for_days_that_differ(fits: list[Fit]) -> None:
    for fit in fits:
        east = next(one for one in fit.estimates if one.parameter == "sources[0].failures_per_day")
        low, high = ends(east)
        poisson = count_interval(east.count)
        # Variance ÷ mean of the 20 reports of a day is 1 + 20 × 0.3² = 2.8.
        wider = (high - low) / east.value / ((poisson.high - poisson.low) / east.count)
        assert wider == pytest.approx(2.8**0.5, rel=0.15)


def test_the_model_holds_what_the_estimates_say(fits: list[Fit]) -> None:
    for one in fits[0].estimates:
        if one.kept and not one.parameter.startswith("durations.by_level"):
            continue
        found = known(fits[0].model, one.parameter)
        if one.parameter.startswith("hours"):
            found *= sum(fits[0].model.hours)
        assert found == pytest.approx(one.value), one.parameter
        assert one.low is None or one.high is None or one.low <= one.value <= one.high, one.parameter


def test_days_that_differ_by_chance_alone_are_told_from_days_that_differ_more(fits: list[Fit]) -> None:
    calm = [fitted(MODEL, 42, seed) for seed in range(6)]
    said = [next(one for one in fit.estimates if one.parameter == "day_variation") for fit in calm]
    # In one of twenty histories chance looks like more; three of six would come twice in a thousand times.
    assert sum(one.value > 0 for one in said) <= 2
    assert any("no more than chance explains" in one.sentence for one in said)
    for fit in fits:
        varied = next(one for one in fit.estimates if one.parameter == "day_variation")
        assert varied.value == pytest.approx(0.3, abs=0.12)
        assert "more than chance explains (p < 0.001)" in varied.sentence


def test_a_fit_goes_through_a_file(fits: list[Fit], tmp_path: Path) -> None:
    text = StringIO()
    YAML().dump(fits[0].model_dump(mode="json"), text)
    file = tmp_path / "fit.yaml"
    file.write_text(text.getvalue(), encoding="utf-8")
    assert load_record(file, Fit) == fits[0]


def test_too_little_history_keeps_what_was_before() -> None:
    base = default_model(TOWN).model_copy(update={"day_variation": 0.25, "demand": (DemandFactor(factor=2),)})
    line = "2026-07-13 08:00,East,aircon,repair,2026-07-13 10:00,2026-07-13 11:30,done,3,T1,,"
    fit = fit_history(read_history("\n".join([TITLES, line, line]), TOWN), TOWN, base=base)
    assert [one.parameter for one in estimates(fit)] == [
        "sources[0].failures_per_day",
        "mixes[0].types.repair",
    ]
    assert fit.model.jobs_a_day(MONDAY) == pytest.approx(2)  # two reports in a day, whatever the factor was
    before = base.model_dump(exclude={"sources", "mixes", "demand"})
    assert fit.model.model_dump(exclude={"sources", "mixes", "demand"}) == before
    sentences = {one.parameter: one.sentence for one in fit.estimates}
    assert sentences["durations.by_type.repair"] == (
        "Kept at 1: the history has 2 visits that were done, and it takes 30."
    )
    assert sentences["day_variation"] == "Kept at 0.25: the history has 1 days, and it takes 28."


def test_a_year_tells_the_seasons() -> None:
    seasonal = default_model(TOWN, seasons=FACTORS)
    model = MODEL.model_copy(
        update={
            "months": seasonal.months,
            "sources": tuple(one.model_copy(update={"failures_per_day": 0.0005}) for one in MODEL.sources),
        }
    )
    history = read_history(past(model, TOWN, date(2026, 1, 1), 365, 2), TOWN)
    fit = fit_history(history, TOWN, base=default_model(TOWN), installed=INSTALLED)
    months = [one for one in estimates(fit) if one.parameter.startswith("months")]
    held = [low <= known(model, one.parameter) <= high for one in months for low, high in (ends(one),)]
    assert len(held) == 36
    assert sum(held) >= 30  # 34.2 in the mean, which strays by √(36 × 0.95 × 0.05) = 1.3
    assert fit.model.months["repair"][6] == pytest.approx(1.8, rel=0.2)
    assert sum(fit.model.months["repair"]) == pytest.approx(12)
    east = fit.model.sources[0].failures_per_day
    assert east == pytest.approx(0.0005, rel=0.1)


def test_units_that_never_asked_bring_nothing() -> None:
    line = "2026-07-13 08:00,East,aircon,repair,,,no_access,3,T1,,"
    history = read_history(f"{TITLES}\n{line}\n", TOWN)
    fit = fit_history(
        history,
        TOWN,
        base=default_model(TOWN),
        installed={("West", "aircon"): 100, ("West", "boiler"): 50},
        days=DateRange(first_day=MONDAY, last_day=date(2026, 7, 22)),
    )
    assert [(one.area, one.units, one.failures_per_day) for one in fit.model.sources] == [
        ("East", 100, 0.001),
        ("West", 100, 0.0),
    ]
    west = next(one for one in fit.estimates if one.parameter == "sources[1].failures_per_day")
    # None in 1,000 unit days: up to 3.7 would have gone unseen.
    assert west.high == pytest.approx(0.0037, abs=0.0001)


def test_what_contradicts_itself_is_refused() -> None:
    line = "2026-07-13 08:00,East,aircon,repair,,,no_access,3,T1,,"
    history = read_history("\n".join([TITLES, line, line, line]), TOWN)
    base = default_model(TOWN)
    with pytest.raises(InvalidInput, match=r"2 units of aircon in East bring 3 reports a day"):
        fit_history(history, TOWN, base=base, installed={("East", "aircon"): 2})
    days = DateRange(first_day=date(2026, 7, 14), last_day=date(2026, 7, 15))
    with pytest.raises(InvalidInput, match="3 reports are not from 2026-07-14 to 2026-07-15"):
        fit_history(history, TOWN, base=base, days=days)
    early = history[0]._replace(reported_at=history[0].reported_at.replace(year=2006))
    with pytest.raises(InvalidInput, match="from 2006-07-13 to 2026-07-13, more than ten years"):
        fit_history([early, *history], TOWN, base=base)
    second = [one._replace(visit=2) for one in history]
    with pytest.raises(InvalidInput, match="No line of the history is a first visit"):
        fit_history(second, TOWN, base=base)


def test_repeat_visits_are_no_demand_but_visits() -> None:
    lines = [TITLES.replace("outcome", "outcome,visit")]
    for number in range(40):
        lines.append(f"2026-07-{1 + number % 28:02} 08:00,East,aircon,repair,,,part_missing,1,3,T1,,")
        lines.append(
            f"2026-07-{1 + number % 28:02} 08:00,East,aircon,repair,2026-07-30 10:00,2026-07-30 11:00,done,2,3,T1,,"
        )
    fit = fit_history(read_history("\n".join(lines), TOWN), TOWN, base=default_model(TOWN))
    said = {one.parameter: one for one in fit.estimates}
    assert said["sources[0].failures_per_day"].count == 40
    assert fit.model.failures.part_missing[2] == 0.5
    assert fit.model.durations.of("repair").median == pytest.approx(1)
    assert "All visits took the same share" in said["durations.by_type.repair.spread"].sentence


def test_planned_times_of_the_history_come_before_the_job_table() -> None:
    lines = [TITLES.replace("outcome", "outcome,planned_min")]
    minutes = [80, 90, 100, 110, 125] * 8
    lines += [
        f"2026-07-13 08:00,East,aircon,repair,2026-07-13 10:00,2026-07-13 {10 + end // 60}:{end % 60:02},done,100,,,,"
        for end in minutes
    ]
    fit = fit_history(read_history("\n".join(lines), TOWN), TOWN, base=default_model(TOWN))
    # √⁵(0.8 × 0.9 × 1 × 1.1 × 1.25) = 0.998
    assert fit.model.durations.of("repair").median == pytest.approx(0.998, abs=1e-3)
    assert fit.model.durations.by_level == (1.0,) * 5
    sentence = next(one.sentence for one in fit.estimates if one.parameter.endswith("repair.spread"))
    assert "does not fit well" in sentence  # five different values only
