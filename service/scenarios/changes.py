"""How two revisions of a scenario differ; records with ids are compared by id, whatever their order."""

from collections.abc import Iterator
from typing import Any, Final

from service.scenarios.records import Change

IDS: Final = {"jobs": "job_id", "technicians": "technician_id", "branches": "branch_id"}
"""Lists of records that are named by their ids."""


def changes(older: dict[str, Any], newer: dict[str, Any]) -> Iterator[Change]:
    """Yield the differences between two scenarios as they stand in their documents.

    Parameters
    ----------
    older, newer : the documents
    """
    for name in [*older, *(one for one in newer if one not in older)]:
        before, after = older.get(name), newer.get(name)
        if name in IDS:
            before, after = by_id(before, IDS[name]), by_id(after, IDS[name])
        yield from _compare(f"/{_escaped(name)}", before, after)


def by_id(records: Any, name: str) -> dict[str, Any]:
    """Return records by their ids.

    Parameters
    ----------
    records : a list of records; none: there are none
    name : the field with the id
    """
    return {record[name]: record for record in records or ()}


def _compare(pointer: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(one for one in after if one not in before)]:
            yield from _compare(f"{pointer}/{_escaped(name)}", before.get(name), after.get(name))
    else:
        yield Change(pointer=pointer, before=before, after=after)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
