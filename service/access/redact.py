"""Takes customers' and technicians' personal data out of a scenario, for roles that do not need them."""

from typing import Any, Final

_FREE_TEXT: Final = ("fault", "wishes")
_PLACES: Final = 2
"""Decimals of a degree that stay of a place: about a kilometre."""


def redacted(document: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario's document without names, telephone numbers, addresses, exact places and free text.

    Parameters
    ----------
    document : the scenario as a document
    """
    return {
        **{name: value for name, value in document.items() if name != "story"},
        "jobs": [redacted_job(job) for job in document.get("jobs", ())],
        "technicians": [_technician(one) for one in document.get("technicians", ())],
    }


def redacted_job(job: dict[str, Any]) -> dict[str, Any]:
    """Return a job without names, telephone numbers, addresses, exact places and free text.

    Parameters
    ----------
    job : the job as a document
    """
    kept = {name: value for name, value in job.items() if name not in _FREE_TEXT}
    if kept.get("customer") is not None:
        kept["customer"] = _without(kept["customer"], ("name", "phone"))
    return {**kept, "place": _place(job["place"])}


def redacted_event(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event without names, telephone numbers, addresses, exact places, free text and reasons of absence.

    Parameters
    ----------
    event : the event as a document
    """
    kept = _without(event, ("reason",))
    return {**kept, "job": redacted_job(kept["job"])} if "job" in kept else kept


def _technician(one: dict[str, Any]) -> dict[str, Any]:
    kept = _without(one, ("name",))
    if kept.get("home") is not None:
        kept["home"] = _place(kept["home"])
    if kept.get("shifts"):
        kept["shifts"] = [_shift(shift) for shift in kept["shifts"]]
    return kept


def _shift(shift: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _place(value) if name in ("start_at", "end_at") and value is not None else value
        for name, value in shift.items()
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {"lat": round(place["lat"], _PLACES), "lon": round(place["lon"], _PLACES)}


def _without(record: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
