"""How many reports came: from where, of what, in which month, on which weekday, at which hour, how unevenly."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Final, NamedTuple

from optimizer.domain.demand_fit import Estimate
from optimizer.domain.demand_model import DemandModel, DemandSource, ProductMix
from optimizer.domain.time import DateRange
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.demand.history import Visit
from optimizer.whatif.demand.intervals import Z, chi_square_p, count_interval, share_interval
from optimizer.whatif.demand.rates import Kind, sources_and_mixes
from optimizer.whatif.demand.told import estimated, kept

YEAR_DAYS: Final = 365
"""A shorter history tells nothing of the seasons: growth and chance of the months it lacks would be taken for them."""
LEAST_A_MONTH: Final = 10
"""Reports of a type a month, on average, that it takes for its seasons (a rule of thumb)."""
LEAST_REPORTS: Final = 100
"""Reports that it takes for weekdays and for hours (a rule of thumb)."""
LEAST_DAYS: Final = 28
"""Days that it takes for weekdays and for how days differ: four of each weekday."""
DAYS_OF_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Days(NamedTuple):
    """How the days of a history differ."""

    variation: float
    """Standard deviation of the level of a day around 1; 0 where chance alone explains the days."""
    estimate: Estimate

    def dispersion(self, mean: float) -> float:
        """Return variance ÷ mean of a day's count with this mean."""
        return 1 + mean * self.variation**2


def fit_reports(
    reports: Sequence[Visit],
    covered: DateRange,
    base: DemandModel,
    installed: Mapping[tuple[str | None, str | None], int],
) -> tuple[DemandModel, list[Estimate]]:
    """Estimate the demand from the first visits of a history.

    Seasons need a whole year. Rates are counts ÷ days, each day weighed by its season and weekday; their intervals
    allow for days that differ more than chance explains.

    Parameters
    ----------
    reports : first visits, at least one
    covered : the days of the history
    base : the model before, kept where the history has too little
    installed : area and product → installed units
    """
    length = (covered.last_day - covered.first_day).days + 1
    days = [covered.first_day + timedelta(days=ahead) for ahead in range(length)]
    seasonal = base.model_copy(update={"months": base.months | _months(reports, days)})
    weekly = seasonal.model_copy(update={"weekdays": _weekdays(reports, days, seasonal)})
    counts = Counter(Kind(one.area, one.product, one.type) for one in reports)
    exposure = {
        job_type: sum(weekly.season(job_type, day) * weekly.weekdays[day.weekday()] for day in days)
        or float(length)
        for job_type in {one.type for one in counts}
    }
    sources, mixes = _sources_and_mixes(counts, exposure, installed)
    hours = Counter(one.reported_at.hour for one in reports)
    enough = len(reports) >= LEAST_REPORTS
    model = weekly.model_copy(
        update={
            "sources": sources,
            "mixes": mixes,
            "hours": tuple(float(hours[hour]) for hour in range(24)) if enough else base.hours,
        }
    )
    differ = _days(reports, days, model, base)
    model = model.model_copy(update={"day_variation": differ.variation})
    said = [
        *_say_sources(counts, length, model, differ),
        *_say_mixes(counts, mixes),
        *_say_months(reports, days, base, model, differ),
        *_say_weekdays(reports, days, seasonal, model, differ),
        *_say_hours(hours, len(reports), model, enough=enough),
        differ.estimate,
    ]
    return model, said


def _months(reports: Sequence[Visit], days: Sequence[date]) -> dict[str, tuple[float, ...]]:
    """Return the seasons of the types that have enough reports in a whole year."""
    if len(days) < YEAR_DAYS:
        return {}
    lengths = Counter(day.month for day in days)
    found = {}
    for name, count in Counter(one.type for one in reports).items():
        if count >= 12 * LEAST_A_MONTH:
            months = Counter(one.day.month for one in reports if one.type == name)
            levels = [months[month] / lengths[month] for month in range(1, 13)]
            found[name] = tuple(12 * level / sum(levels) for level in levels)
    return found


def _weekdays(reports: Sequence[Visit], days: Sequence[date], model: DemandModel) -> tuple[float, ...]:
    if len(days) < LEAST_DAYS or len(reports) < LEAST_REPORTS:
        return model.weekdays
    counts = Counter(one.day.weekday() for one in reports)
    usual = _seasons(reports, days, model)
    levels = [counts[weekday] / usual[weekday] for weekday in range(7)]
    return tuple(7 * level / sum(levels) for level in levels)


def _seasons(reports: Sequence[Visit], days: Sequence[date], model: DemandModel) -> dict[int, float]:
    """Return the days of each weekday, weighed by what the season brings; at least a day a weekday."""
    types = Counter(one.type for one in reports)
    weighed: dict[int, float] = defaultdict(float)
    for day in days:
        weighed[day.weekday()] += sum(count * model.season(name, day) for name, count in types.items()) / len(
            reports
        )
    return {weekday: weighed[weekday] or 1.0 for weekday in range(7)}


def _sources_and_mixes(
    counts: Mapping[Kind, int],
    exposure: Mapping[str, float],
    installed: Mapping[tuple[str | None, str | None], int],
) -> tuple[tuple[DemandSource, ...], tuple[ProductMix, ...]]:
    a_day: dict[tuple[str | None, str | None], float] = defaultdict(float)
    for one, count in counts.items():
        a_day[one.area, one.product] += count / exposure[one.type]
    issues = [
        Issue(
            "too-few-units",
            "units",
            f"{units} units of {product or 'no product'} in {area or 'no area'} bring {a_day[area, product]:.3g} "
            "reports a day.",
            "Count all units: none asks for more than one visit a day.",
        )
        for (area, product), units in installed.items()
        if a_day.get((area, product), 0) > units
    ]
    if issues:
        raise InvalidInput(tuple(issues))
    sources, mixes = sources_and_mixes(counts, exposure, installed)
    known = {mix.product for mix in mixes}
    quiet = tuple(
        DemandSource(area=area, product=product, units=units, failures_per_day=0.0)
        for (area, product), units in installed.items()
        if (area, product) not in a_day and product in known
    )
    return (*sources, *quiet), mixes


def _days(reports: Sequence[Visit], days: Sequence[date], model: DemandModel, base: DemandModel) -> _Days:
    """Estimate how days differ beyond chance: Σ ((n − m)² − m) ÷ Σ m² over days of count n and mean m.

    That they do is tested by Σ (n − m)² ÷ m, which is χ² distributed where they do not.
    """
    path, number, before = "day_variation", len(days), base.day_variation
    means = [model.jobs_a_day(day) for day in days]
    found = Counter(one.day for one in reports)
    pairs = [(found[day], mean) for day, mean in zip(days, means, strict=True) if mean > 0]
    free = len(pairs) - (
        7 if model.months == base.months else 18
    )  # weekdays, and months where they are fitted
    if number < LEAST_DAYS or len(reports) < LEAST_REPORTS or free < 1:
        return _Days(before, kept(path, before, number, LEAST_DAYS, "days"))
    beyond = [len(pairs) / free * (count - mean) ** 2 - mean for count, mean in pairs]
    weight = sum(mean * mean for _, mean in pairs)
    square = sum(beyond) / weight
    left = [one - square * mean * mean for one, (_, mean) in zip(beyond, pairs, strict=True)]
    error = sqrt(sum(one * one for one in left) / len(left) * len(pairs)) / weight
    ends = tuple(sqrt(max(0.0, square + side * Z * error)) for side in (-1, 1))
    statistic = sum((count - mean) ** 2 / mean for count, mean in pairs)
    chance = chi_square_p(statistic, free)
    told = (
        f"Variance ÷ mean of the days is {statistic / free:.2f}; "
        f"χ² is {statistic:.0f} with {free} degrees of freedom"
    )
    if chance > 0.05:
        sentence = f"0: the days differ no more than chance explains (p = {chance:.2f}). {told}."
        none = Estimate(parameter=path, value=0.0, low=0.0, high=ends[1], count=number, sentence=sentence)
        return _Days(0.0, none)
    value = min(sqrt(max(square, 0.0)), 3.0)
    more = f"{told}, more than chance explains (p {'< 0.001' if chance < 0.001 else f'= {chance:.3f}'})."
    return _Days(value, estimated(path, value, (ends[0], ends[1]), number, "days", more))


def _say_sources(
    counts: Mapping[Kind, int], length: int, model: DemandModel, differ: _Days
) -> list[Estimate]:
    by_source = Counter[tuple[str | None, str | None]]()
    for one, count in counts.items():
        by_source[one.area, one.product] += count
    said = []
    for row, source in enumerate(model.sources):
        count = by_source[source.area, source.product]
        low, high = count_interval(count, differ.dispersion(count / length))
        a_report = source.failures_per_day / count if count else 1 / (length * source.units)
        where = f"{source.product or 'no product'} in {source.area or 'no area'}"
        ends = (a_report * low, a_report * high)
        path = f"sources[{row}].failures_per_day"
        said.append(estimated(path, source.failures_per_day, ends, count, f"reports: {where}"))
    return said


def _say_mixes(counts: Mapping[Kind, int], mixes: Sequence[ProductMix]) -> list[Estimate]:
    said = []
    for row, mix in enumerate(mixes):
        mine = Counter[str]()
        for one, count in counts.items():
            if one.product == mix.product:
                mine[one.type] += count
        for name, share in mix.types.items():
            ends = share_interval(mine[name], mine.total())
            # The season moves shares: the interval of what was counted is stretched to the share of a usual day.
            stretch = share / (mine[name] / mine.total())
            path = f"mixes[{row}].types.{name}"
            said.append(
                estimated(path, share, (stretch * ends.low, stretch * ends.high), mine.total(), "reports")
            )
    return said


def _say_months(
    reports: Sequence[Visit], days: Sequence[date], base: DemandModel, model: DemandModel, differ: _Days
) -> list[Estimate]:
    lengths = Counter(day.month for day in days)
    said = []
    for name, count in sorted(Counter(one.type for one in reports).items()):
        if model.months.get(name) == base.months.get(name):
            now = model.season(name, days[0])
            short = len(days) < YEAR_DAYS
            needed, of_what = (YEAR_DAYS, "days") if short else (12 * LEAST_A_MONTH, "reports")
            said.append(kept(f"months.{name}", now, len(days) if short else count, needed, of_what))
            continue
        months = Counter(one.day.month for one in reports if one.type == name)
        for month, level in enumerate(model.months[name], start=1):
            found = months[month]
            low, high = count_interval(found, differ.dispersion(found / lengths[month]))
            a_report = level / found if found else 12 / count
            path = f"months.{name}[{month - 1}]"
            said.append(estimated(path, level, (a_report * low, a_report * high), found, "reports"))
    return said


def _say_weekdays(
    reports: Sequence[Visit], days: Sequence[date], seasonal: DemandModel, model: DemandModel, differ: _Days
) -> list[Estimate]:
    if len(days) < LEAST_DAYS or len(reports) < LEAST_REPORTS:
        short = len(days) < LEAST_DAYS
        count, needed = (len(days), LEAST_DAYS) if short else (len(reports), LEAST_REPORTS)
        return [kept("weekdays", model.weekdays[0], count, needed, "days" if short else "reports")]
    counts = Counter(one.day.weekday() for one in reports)
    weighed = _seasons(reports, days, seasonal)
    usual = sum(counts[weekday] / weighed[weekday] for weekday in range(7)) / 7
    said = []
    for weekday, level in enumerate(model.weekdays):
        count = counts[weekday]
        low, high = count_interval(count, differ.dispersion(count / weighed[weekday]))
        a_report = 1 / (weighed[weekday] * usual)
        ends = a_report * low, a_report * high
        of_what = f"reports on {DAYS_OF_WEEK[weekday]}s"
        said.append(estimated(f"weekdays[{weekday}]", level, ends, count, of_what))
    return said


def _say_hours(hours: Mapping[int, int], count: int, model: DemandModel, *, enough: bool) -> list[Estimate]:
    """Say the weights of the hours; they are counts, and so are their intervals."""
    if not enough:
        return [kept("hours", model.hours[9], count, LEAST_REPORTS, "reports")]
    said = []
    for hour, weight in enumerate(model.hours):
        low, high = share_interval(hours.get(hour, 0), count)
        said.append(estimated(f"hours[{hour}]", weight, (count * low, count * high), count, "reports"))
    return said
