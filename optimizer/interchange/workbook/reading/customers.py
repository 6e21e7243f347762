"""Customers without an id: each gets one, so that nobody has to number callers by hand."""

from collections.abc import Iterator
from typing import Any, Final

from optimizer.interchange.workbook.reading.content import BAD, Content
from optimizer.words.numbers import count

_MOST_MARKS: Final = 80
"""An id has so many characters at most."""


def name_customers(content: Content) -> None:
    """Give every customer without an id one made from the job's id, and say so.

    The same name and the same telephone are the same customer; without a telephone each job has its own,
    since two people may have one name.

    Parameters
    ----------
    content : what the tables say; gets the ids and a note
    """
    known: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for _, customer in _customers(content):
        if isinstance(customer.get("customer_id"), str):
            taken.add(customer["customer_id"])
            if customer.get("phone"):
                known.setdefault(_person(customer), customer["customer_id"])
    made: list[str] = []
    for job, customer in _customers(content):
        if "customer_id" in customer:
            continue
        if set(customer) == {"key_customer"} and customer["key_customer"] is False:
            del job["customer"]  # nothing is said about anybody
            continue
        job_id = job.get("job_id")
        person = _person(customer)
        if person in known:
            customer["customer_id"] = known[person]
        elif isinstance(job_id, str):
            customer["customer_id"] = _fresh(job_id, taken)
            made.append(customer["customer_id"])
            if customer.get("phone"):
                known[person] = customer["customer_id"]
        else:
            customer["customer_id"] = BAD  # that the job has no id is said already
    if made:
        few = ", ".join(made[:3]) + (", …" if len(made) > 3 else "")
        content.notes.append(
            f"{count(len(made), 'customer')} without an id got one made from the job's id: {few}."
        )


def _customers(content: Content) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for job in content.value.get("jobs", ()):
        if isinstance(job.get("customer"), dict):
            yield job, job["customer"]


def _person(customer: dict[str, Any]) -> tuple[str, str]:
    return " ".join(str(customer.get("name", "")).split()), "".join(str(customer.get("phone", "")).split())


def _fresh(job_id: str, taken: set[str]) -> str:
    """Return an id that nobody has: C- and the job's id, with a number where that is taken."""
    stem = f"C-{job_id}"
    made, number = stem[:_MOST_MARKS].strip(), 1
    while made in taken:
        number += 1
        made = f"{stem[: _MOST_MARKS - 6].strip()}-{number}"
    taken.add(made)
    return made
