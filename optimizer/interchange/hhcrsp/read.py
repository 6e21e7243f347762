"""Reads an instance; all that is wrong is listed at once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.hhcrsp.instance import Instance, Patient, thousandths
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.text_file import read_text

LONGEST = 500_000_000
"""Thousandths from time 0 to the last moment that any plan could need."""


def load_instance(path: str) -> Instance:
    """Read an instance.

    Parameters
    ----------
    path : JSON file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read, breaks its format or contradicts itself; carries every mistake found.
    """
    return read_instance(read_text(path))


def read_instance(text: str) -> Instance:
    """Return the instance of a JSON text (see `load_instance`)."""
    source = read_json(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        instance = Instance.model_validate(source.value)
    except ValidationError as error:
        source.lines = json_lines(text).lines
        raise InvalidInput(tuple(record_issues(error, source, Instance))) from None
    issues = tuple(_contradictions(instance))
    if issues:
        raise InvalidInput(issues)
    return instance


def _contradictions(instance: Instance) -> Iterator[Issue]:
    yield from _twice("patients", [one.id for one in instance.patients])
    yield from _twice("services", [one.id for one in instance.services])
    yield from _twice("caregivers", [one.id for one in instance.caregivers])
    yield from _distances(instance)
    known = {one.id for one in instance.services}
    for row, caregiver in enumerate(instance.caregivers):
        for place, ability in enumerate(caregiver.abilities):
            if ability not in known:
                yield _unknown(f"caregivers[{row}].abilities[{place}]", ability)
    for row, patient in enumerate(instance.patients):
        yield from _patient(instance, patient, f"patients[{row}]", known)
    if _latest(instance) > LONGEST:
        cause = "Serving everybody one after another would take longer than times can be."
        yield Issue("too-long", "patients", cause, "Use a larger unit of time.")


def _twice(path: str, ids: Sequence[str]) -> Iterator[Issue]:
    count = Counter(ids)
    for row, one in enumerate(ids):
        if count[one] > 1 and one in ids[:row]:
            yield Issue("duplicate-id", f"{path}[{row}].id", f"The id {one!r} is taken.", "Choose another.")


def _unknown(path: str, service: str) -> Issue:
    return Issue("unknown-service", path, f"There is no service {service!r}.", "Add it, or name another.")


def _distances(instance: Instance) -> Iterator[Issue]:
    size = len(instance.patients) + 1
    needed = f"The office and {size - 1} patients need {size}"
    if len(instance.distances) != size:
        cause = f"There are {len(instance.distances)} rows. {needed}."
        yield Issue("not-square", "distances", cause, "Give one row for each, the office first.")
    for row, distances in enumerate(instance.distances):
        if len(distances) != size:
            cause = f"The row has {len(distances)} numbers. {needed}."
            yield Issue(
                "not-square", f"distances[{row}]", cause, "Give one number for each, the office first."
            )


def _patient(instance: Instance, patient: Patient, path: str, known: set[str]) -> Iterator[Issue]:
    opens, closes = patient.time_window
    if opens > closes:
        cause = f"The window closes at {closes:g}, before it opens at {opens:g}."
        yield Issue("empty-window", f"{path}.time_window", cause, "Swap or correct the two.")
    able: list[set[str]] = []
    for place, required in enumerate(patient.required_caregivers):
        where = f"{path}.required_caregivers[{place}].service"
        if required.service not in known:
            yield _unknown(where, required.service)
            continue
        able.append({one.id for one in instance.caregivers if required.service in one.abilities})
        if not able[-1]:
            cause = f"No caregiver offers {required.service!r}."
            yield Issue("nobody-able", where, cause, "Add it to somebody's abilities.")
    if len(able) == 2 and all(able) and len(able[0] | able[1]) < 2:
        cause = "Both services can be done by one and the same caregiver only; two are needed."
        yield Issue("nobody-able", f"{path}.required_caregivers", cause, "Add one to somebody's abilities.")
    yield from _tie(patient, path)


def _tie(patient: Patient, path: str) -> Iterator[Issue]:
    tie, services = patient.synchronization, len(patient.required_caregivers)
    if tie is None:
        if services == 2:
            cause = "It is not said how the two services are tied."
            yield Issue("missing", f"{path}.synchronization", cause, "Add it.")
        return
    if services == 1:
        cause = "There is one service only, so nothing can be tied."
        yield Issue("contradiction", f"{path}.synchronization", cause, "Remove it, or add a service.")
    if tie.type == "sequential" and tie.distance is None:
        cause = "Sequential services need the least and the longest gap."
        yield Issue("missing", f"{path}.synchronization.distance", cause, "Add it.")
    if tie.type == "simultaneous" and tie.distance is not None:
        cause = "Simultaneous services have no gap."
        yield Issue("contradiction", f"{path}.synchronization.distance", cause, "Remove it.")
    if tie.distance is not None and tie.distance[0] > tie.distance[1]:
        cause = f"The gap is at least {tie.distance[0]:g} and at most {tie.distance[1]:g}."
        yield Issue("empty-gap", f"{path}.synchronization.distance", cause, "Swap or correct the two.")


def _latest(instance: Instance) -> int:
    """Return a moment in thousandths by which everybody can be served one after another."""
    drive = max((max(row, default=0.0) for row in instance.distances), default=0.0)
    latest = max(thousandths(one.time_window[1]) for one in instance.patients)
    for patient in instance.patients:
        gap = patient.synchronization.distance if patient.synchronization else None
        latest += thousandths(gap[1]) if gap else 0
        latest += sum(thousandths(one.duration) + thousandths(drive) for one in patient.required_caregivers)
    return latest + thousandths(drive)
