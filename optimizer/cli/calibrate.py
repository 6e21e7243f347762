"""``paigong calibrate``: speeds and detour from trips that were really driven."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table
from rich.text import Text

from optimizer.cli.console import result_console, show
from optimizer.cli.documents import BandErrors, Calibration, ErrorsOfTimes, FittedBand, MeansFit
from optimizer.cli.question import scenario_files, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.targets import check_targets, write_target
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.time import zone_named
from optimizer.domain.travel import DEFAULT_PROFILES, SpeedProfile
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.profiles_text import profiles_yaml
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.interchange.trips_file import Observations, load_observations
from optimizer.travel.calibration import (
    LEAST_TRIPS,
    ProfileFit,
    fit_profile,
    profile_of_speeds,
)
from optimizer.travel.observed_trips import Trip, TripErrors, by_band, errors_of, held_out
from optimizer.words.names import MEANS_NAMES


class _Fit(NamedTuple):
    """What is said about one means."""

    means: Means
    before: SpeedProfile
    after: SpeedProfile
    fit: ProfileFit | None
    """None: speeds were given, nothing was fitted."""
    trips: int
    aside: tuple[Trip, ...]
    """Trips that were not used for the profile they are compared with."""
    tried: SpeedProfile
    """Fitted to the other trips only; the profile written is fitted to all."""


def calibrate(
    trips: Annotated[
        str,
        typer.Argument(
            help="CSV of trips (from_lat, from_lon, to_lat, to_lon, departure, minutes; km, means), "
            "or of speeds (band, hour, kmh; means)."
        ),
    ],
    into: Annotated[
        str | None, typer.Option(help="Put the speeds into this scenario; --out names the new file.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the travel settings, or the scenario of --into, to this file.")
    ] = None,
    time_zone: Annotated[
        str, typer.Option(help="Time zone of departures without an offset, where there is no --into.")
    ] = "Asia/Shanghai",
    least_trips: Annotated[
        int, typer.Option(min=1, help="Fewer trips in a length band leave its speed as it was.")
    ] = LEAST_TRIPS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the fit as JSON.")] = False,
) -> None:
    """Fit speeds and detours to observed trips, say how far they are off before and after, and write them."""
    if into is not None and out is None:
        raise typer.BadParameter("Name the new scenario's file with --out.", param_hint="--into")
    scenario = None if into is None else scenario_named(into)
    check_targets({"--out": out}, {}, (Path(trips), *(scenario_files(into) if into else ())))
    had = DEFAULT_PROFILES if scenario is None else scenario.travel.profiles
    start = {**DEFAULT_PROFILES, **had}
    if zone_named(time_zone) is None:
        cause = f"There is no time zone {time_zone!r}; write one such as Asia/Shanghai."
        raise typer.BadParameter(cause, param_hint="--time-zone")
    seen = load_observations(trips, time_zone if scenario is None else scenario.time_zone)
    fits = [*_fitted(seen, start, least_trips), *_given(seen, start)]
    profiles = {**had, **{one.means: one.after for one in fits}}
    text = profiles_yaml(profiles)
    if as_json:
        typer.echo(Calibration(fits=tuple(_content(one) for one in fits)).model_dump_json(indent=1))
    else:
        _print(fits, text if out is None else "")
    if out is not None:
        made = text if scenario is None else _with_profiles(scenario, profiles, out)
        write_target(out, made.encode())


def _fitted(seen: Observations, start: dict[Means, SpeedProfile], least_trips: int) -> Iterator[_Fit]:
    for means, trips in seen.trips.items():
        some, aside = held_out(trips)
        tried = fit_profile(some, start[means], least_trips=least_trips).profile
        fit = fit_profile(trips, start[means], least_trips=least_trips)
        yield _Fit(means, start[means], fit.profile, fit, len(trips), aside, tried)


def _given(seen: Observations, start: dict[Means, SpeedProfile]) -> Iterator[_Fit]:
    unknown: list[Issue] = []
    for means, speeds in seen.speeds.items():
        known = [band.up_to_km for band in start[means].bands]
        odd = dict.fromkeys(speed.up_to_km for speed in speeds if speed.up_to_km not in known)
        for up_to_km in odd:
            cause = f"The {MEANS_NAMES[means]['en']} has no band up to {up_to_km:g} km."
            bands = ", ".join(f"{one:g}" for one in known)
            unknown.append(Issue("unknown-band", "band", cause, f"Its bands end at {bands} km."))
        if not odd:
            after = profile_of_speeds(speeds, start[means])
            yield _Fit(means, start[means], after, None, len(speeds), (), after)
    if unknown:
        raise InvalidInput(tuple(unknown))


def _with_profiles(scenario: Scenario, profiles: dict[Means, SpeedProfile], out: Path) -> str:
    """Return the scenario's text with new speeds; only tables that it had, or that are new, stand in it."""
    given = sorted(means for means in profiles if means in scenario.travel.matrices)
    if given:
        print_notes((f"The scenario brings matrices for {', '.join(given)}; those are used, not speeds.",))
    travel = scenario.travel.model_copy(update={"profiles": profiles})
    changed = scenario.model_copy(update={"travel": travel})
    print_notes(("The scenario is written anew, without the comments of its file.",))
    return scenario_json(changed) if out.suffix.lower() == ".json" else scenario_yaml(changed)


def _print(fits: Sequence[_Fit], text: str) -> None:
    for number, one in enumerate(fits):
        show(result_console(), (*([""] if number else []), *_view(one)))
    if text:
        typer.echo(f"\n{text}", nl=False)


def _view(one: _Fit) -> Iterator[Text | Table]:
    what = "trips" if one.fit is not None else "observed speeds"
    head = f"{MEANS_NAMES[one.means]['en']} · {one.trips:,} {what}"
    yield Text(head, "bold")
    before, after = errors_of(one.aside, one.before), errors_of(one.aside, one.tried)
    if before is not None and after is not None:
        yield Text(
            f"Compared by every fifth trip ({before.trips:,}), which the compared speeds have not seen:"
        )
        yield _error_table(before, after, _errors_by_band(one))
    elif one.fit is not None:
        yield Text("Too few trips to keep some aside for a comparison.")
    if one.fit is not None:
        known = f"{one.fit.detour_trips:,} trips with a known length"
        yield Text(f"Detour {one.before.detour:g} → {one.after.detour:g} ({known})")
    yield _band_table(one)
    yield _hour_table(one)


def _errors_by_band(one: _Fit) -> Iterator[tuple[float, TripErrors, TripErrors]]:
    """Yield each band's upper end and its errors before and after, for bands with trips kept aside."""
    for band, trips in zip(one.tried.bands, by_band(one.aside, one.tried), strict=True):
        before, after = errors_of(trips, one.before), errors_of(trips, one.tried)
        if before is not None and after is not None:
            yield band.up_to_km, before, after


def _error_table(
    before: TripErrors, after: TripErrors, bands: Iterator[tuple[float, TripErrors, TripErrors]]
) -> Table:
    table = _table("", "before", "after")

    def add(said: str, old: float, new: float, sign: str = "") -> None:
        table.add_row(said, *(f"{value:{sign}z.1f} min" for value in (old, new)))

    add("half of the trips are off by at most", before.median_min, after.median_min)
    add("nine of ten are off by at most", before.p90_min, after.p90_min)
    add("predicted less observed, in the middle", before.bias_min, after.bias_min, "+")
    for up_to_km, old, new in bands:
        add(f"half of those up to {up_to_km:g} km ({old.trips:,})", old.median_min, new.median_min)
    return table


def _band_table(one: _Fit) -> Table:
    table = _table("length of road", "trips", "km/h before", "km/h after", "")
    for row, (old, new) in enumerate(zip(one.before.bands, one.after.bands, strict=True)):
        band = None if one.fit is None else one.fit.bands[row]
        count = "" if band is None else f"{band.trips:,}"
        said = "" if band is None or band.fitted else "too few trips: as before, or as its neighbours need it"
        table.add_row(f"up to {new.up_to_km:g} km", count, f"{old.kmh:g}", f"{new.kmh:g}", said)
    return table


def _hour_table(one: _Fit) -> Table:
    bands = one.after.bands
    table = _table("hour", "trips", *(f"≤ {band.up_to_km:g} km" for band in bands))
    for hour in range(24):
        trips = None if one.fit is None else one.fit.trips_by_hour[hour]
        if trips == 0:
            continue
        percents = (f"{band.hour_percent[hour] if band.hour_percent else 100} %" for band in bands)
        table.add_row(f"{hour:02d}:00", "" if trips is None else f"{trips:,}", *percents)
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right" if column else "left")
    return table


def _content(one: _Fit) -> MeansFit:
    before, after = errors_of(one.aside, one.before), errors_of(one.aside, one.tried)
    fit = one.fit
    return MeansFit(
        means=one.means,
        observations=one.trips,
        held_out_before=before and _errors(before),
        held_out_after=after and _errors(after),
        held_out_by_band=tuple(
            BandErrors(up_to_km=up_to_km, before=_errors(old), after=_errors(new))
            for up_to_km, old, new in _errors_by_band(one)
        ),
        detour_trips=fit and fit.detour_trips,
        bands=fit and tuple(FittedBand.model_validate(band._asdict()) for band in fit.bands),
        trips_by_hour=fit and tuple(fit.trips_by_hour),
        profile=one.after,
    )


def _errors(of: TripErrors) -> ErrorsOfTimes:
    return ErrorsOfTimes.model_validate(of._asdict())
